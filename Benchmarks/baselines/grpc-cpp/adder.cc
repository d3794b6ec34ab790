// C++ gRPC adding two 64-bit integers, server and client by its callback interfaces, to compare with:
//
//   adder server <port>
//   adder client <port> <in flight> <seconds>    prints calls/s, p50 and p99 in µs
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include <grpcpp/grpcpp.h>

#include "add.grpc.pb.h"

using Clock = std::chrono::steady_clock;

class Adder final : public bench::Adder::CallbackService {
    grpc::ServerUnaryReactor* Add(
        grpc::CallbackServerContext* context, const bench::Pair* pair, bench::Sum* sum) override {
        sum->set_value(pair->left() + pair->right());
        auto* reactor = context->DefaultReactor();
        reactor->Finish(grpc::Status::OK);
        return reactor;
    }
};

// One of the callers: makes a call, and the next when it is answered.
class Caller {
public:
    Caller(bench::Adder::Stub* stub, uint64_t left, Clock::time_point end) : stub(stub), left(left), end(end) {}

    void call() {
        began = Clock::now();
        if (began >= end) return ended.set_value();
        context = std::make_unique<grpc::ClientContext>();
        context->set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(5));
        pair.set_left(left);
        pair.set_right(7);
        stub->async()->Add(context.get(), &pair, &sum, [this](grpc::Status status) {
            if (!status.ok() || sum.value() != left + 7) {
                std::fprintf(stderr, "wrong answer: %s\n", status.error_message().c_str());
                std::_Exit(1);
            }
            left++;
            latencies.push_back(std::chrono::duration<double, std::micro>(Clock::now() - began).count());
            call();
        });
    }

    std::vector<double> latencies;
    std::promise<void> ended;

private:
    bench::Adder::Stub* stub;
    uint64_t left;
    Clock::time_point end, began;
    std::unique_ptr<grpc::ClientContext> context;
    bench::Pair pair;
    bench::Sum sum;
};

static void serve(const std::string& port) {
    Adder adder;
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:" + port, grpc::InsecureServerCredentials());
    builder.RegisterService(&adder);
    builder.BuildAndStart()->Wait();
}

static void load(const std::string& port, size_t inFlight, double seconds) {
    auto channel = grpc::CreateChannel("127.0.0.1:" + port, grpc::InsecureChannelCredentials());
    channel->WaitForConnected(std::chrono::system_clock::now() + std::chrono::seconds(5));
    auto stub = bench::Adder::NewStub(channel);
    auto start = Clock::now();
    auto end = start + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
    std::vector<std::unique_ptr<Caller>> callers;
    for (size_t i = 0; i < inFlight; i++) callers.push_back(std::make_unique<Caller>(stub.get(), i, end));
    for (auto& caller : callers) caller->call();
    for (auto& caller : callers) caller->ended.get_future().wait();
    double elapsed = std::chrono::duration<double>(Clock::now() - start).count();
    std::vector<double> all;
    for (auto& caller : callers) all.insert(all.end(), caller->latencies.begin(), caller->latencies.end());
    std::sort(all.begin(), all.end());
    std::printf("%.0f %.1f %.1f\n", all.size() / elapsed, all[all.size() / 2], all[all.size() * 99 / 100]);
}

int main(int count, char** arguments) {
    if (count == 3 && std::string(arguments[1]) == "server") {
        serve(arguments[2]);
    } else if (count == 5 && std::string(arguments[1]) == "client") {
        load(arguments[2], std::strtoul(arguments[3], nullptr, 10), std::strtod(arguments[4], nullptr));
    } else {
        std::fprintf(stderr, "usage: adder server <port> | adder client <port> <in flight> <seconds>\n");
        return 64;
    }
    return 0;
}
