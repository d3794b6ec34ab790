// Go's net/rpc adding two 64-bit integers, to compare with:
//
//	netrpc server <port>
//	netrpc client <port> <in flight> <seconds>    prints calls/s, p50 and p99 in µs
//	netrpc http <port> <server's port>            net/http: decodes a calculation, asks the server, answers as the gateway
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"net"
	"net/http"
	"net/rpc"
	"os"
	"sort"
	"strconv"
	"sync"
	"time"
)

type Pair struct{ Left, Right int64 }
type Arithmetic struct{}

func (Arithmetic) Add(pair Pair, sum *int64) error {
	*sum = pair.Left + pair.Right
	return nil
}

func main() {
	port := os.Args[2]
	if os.Args[1] == "server" {
		server := rpc.NewServer()
		if err := server.Register(Arithmetic{}); err != nil {
			log.Fatal(err)
		}
		listener, err := net.Listen("tcp", "127.0.0.1:"+port)
		if err != nil {
			log.Fatal(err)
		}
		server.Accept(listener)
		return
	}
	if os.Args[1] == "http" {
		serveHTTP(port, os.Args[3])
		return
	}
	inFlight, _ := strconv.Atoi(os.Args[3])
	seconds, _ := strconv.ParseFloat(os.Args[4], 64)
	client, err := rpc.Dial("tcp", "127.0.0.1:"+port)
	if err != nil {
		log.Fatal(err)
	}
	start := time.Now()
	end := start.Add(time.Duration(seconds * 1e9))
	latencies := make([][]time.Duration, inFlight)
	var group sync.WaitGroup
	for caller := range inFlight {
		group.Add(1)
		go func() {
			defer group.Done()
			for left := int64(caller); ; left++ {
				began := time.Now()
				if began.After(end) {
					return
				}
				var sum int64
				if err := client.Call("Arithmetic.Add", Pair{left, 7}, &sum); err != nil || sum != left+7 {
					log.Fatal("wrong answer ", sum, err)
				}
				latencies[caller] = append(latencies[caller], time.Since(began))
			}
		}()
	}
	group.Wait()
	elapsed := time.Since(start).Seconds()
	var all []time.Duration
	for _, some := range latencies {
		all = append(all, some...)
	}
	sort.Slice(all, func(i, j int) bool { return all[i] < all[j] })
	microseconds := func(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1000 }
	fmt.Printf("%d %.1f %.1f\n", int(float64(len(all))/elapsed), microseconds(all[len(all)/2]), microseconds(all[len(all)*99/100]))
}

func serveHTTP(port, serverPort string) {
	client, err := rpc.Dial("tcp", "127.0.0.1:"+serverPort)
	if err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("POST /v1/calculations/evaluate", func(writer http.ResponseWriter, request *http.Request) {
		var body struct {
			Expression string `json:"expression"`
		}
		if err := json.NewDecoder(request.Body).Decode(&body); err != nil {
			http.Error(writer, err.Error(), http.StatusBadRequest)
			return
		}
		var sum int64
		if err := client.Call("Arithmetic.Add", Pair{int64(len(body.Expression)), 7}, &sum); err != nil {
			http.Error(writer, err.Error(), http.StatusServiceUnavailable)
			return
		}
		writer.Header().Set("Content-Type", "application/json; charset=utf-8")
		json.NewEncoder(writer).Encode(struct {
			Exact  bool   `json:"exact"`
			Result string `json:"result"`
		}{true, strconv.FormatInt(sum, 10)})
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+port, nil))
}
