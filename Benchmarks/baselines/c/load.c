// A pipelined load generator: load <port> <in flight> <seconds> <rpc|echo>
// Keeps so many requests of the addition on their way, on one connection, and counts the answers. With echo it sends the
// same bytes to a server that sends them back. Prints calls/s and the p50 and p99 of a whole round in µs.
#include <arpa/inet.h>
#include <endian.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { HEADER = 20, REQUEST = HEADER + 16, RESPONSE = HEADER + 8 };

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e6 + time.tv_nsec / 1e3;
}

static void put32(uint8_t *at, uint32_t value) { value = htobe32(value); memcpy(at, &value, 4); }
static void put64(uint8_t *at, uint64_t value) { value = htobe64(value); memcpy(at, &value, 8); }

static void must(int isGood, const char *what) {
    if (!isGood) { perror(what); exit(1); }
}

static void sendAll(int fd, const uint8_t *bytes, size_t count) {
    while (count > 0) {
        ssize_t sent = write(fd, bytes, count);
        must(sent > 0, "write");
        bytes += sent;
        count -= sent;
    }
}

static int ascending(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

int main(int count, char **arguments) {
    must(count == 5, "usage: load <port> <in flight> <seconds> <rpc|echo>");
    int isEcho = strcmp(arguments[4], "echo") == 0;
    size_t inFlight = atoi(arguments[2]);
    double seconds = atof(arguments[3]);
    int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(arguments[1]))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    must(connect(fd, (struct sockaddr *)&address, sizeof address) == 0, "connect");

    static uint8_t in[1 << 20];
    if (!isEcho) {
        uint8_t hello[HEADER + 20] = {0};
        put32(hello, 36);
        hello[4] = 1;
        memcpy(hello + HEADER, "BRSR\0\1\0\1", 8);
        put32(hello + HEADER + 8, 16 << 20);
        sendAll(fd, hello, sizeof hello);
        size_t got = 0;
        while (got < HEADER + 20) {
            ssize_t part = read(fd, in + got, HEADER + 20 - got);
            must(part > 0, "hello");
            got += part;
        }
        must(in[4] == 1, "not a hello");
    }
    uint8_t *out = malloc(inFlight * REQUEST);
    for (size_t i = 0; i < inFlight; i++) {
        uint8_t *frame = out + i * REQUEST;
        memset(frame, 0, REQUEST);
        put32(frame, REQUEST - 4);
        frame[4] = 2;
        frame[6] = 0xF0;
        frame[7] = 0x01;
        put32(frame + 16, 5000000);
        put64(frame + HEADER, i);
        put64(frame + HEADER + 8, 7);
    }
    size_t answer = isEcho ? REQUEST : RESPONSE, capacity = 1 << 20, rounds = 0;
    double *latencies = malloc(capacity * sizeof *latencies);
    uint64_t id = 0;
    double start = now(), end = start + seconds * 1e6, began = start;
    while (began < end) {
        for (size_t i = 0; i < inFlight; i++) put64(out + i * REQUEST + 8, ++id);
        sendAll(fd, out, inFlight * REQUEST);
        size_t left = inFlight * answer;
        while (left > 0) {
            ssize_t part = read(fd, in, left < sizeof in ? left : sizeof in);
            must(part > 0, "read");
            left -= part;
        }
        double ended = now();
        if (rounds < capacity) latencies[rounds] = ended - began;
        rounds++;
        began = ended;
    }
    if (!isEcho) must(in[4] == 3, "an answer is not a response");
    size_t known = rounds < capacity ? rounds : capacity;
    qsort(latencies, known, sizeof *latencies, ascending);
    printf("%.0f %.1f %.1f\n", rounds * inFlight / ((began - start) / 1e6), latencies[known / 2], latencies[known * 99 / 100]);
    return 0;
}
