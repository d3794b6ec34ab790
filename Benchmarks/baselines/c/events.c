// Bounty events for a stream, and clients that listen to them.
//   events fill <nats port> <bounties> <events>                publishes as fast as it can, round robin over the bounties
//   events write <nats port> <bounties> <rate> <seconds> <version>   changes bounties at a rate, from a version on
//   events listen <nats port> <http port> <clients> <rate> <seconds> <bounties> <version> <sequence>
//     opens clients of GET /v1/events, publishes at a rate, and measures each event at each client from its publication; the stream's
//     last sequence is given. Prints events/s that were received, p50, p99 and the longest in ms, and how many were missing.
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { LARGEST = 4096, OUT = 1 << 20 };

static void must(int isGood, const char *what) {
    if (!isGood) { perror(what); exit(1); }
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static int dial(int port) {
    int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    must(fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0, "connect");
    return fd;
}

static char out[OUT + LARGEST];
static size_t waiting;

static void flush(int fd) {
    for (size_t sent = 0; sent < waiting;) {
        ssize_t count = write(fd, out + sent, waiting - sent);
        must(count > 0, "write");
        sent += count;
    }
    waiting = 0;
}

// Answers to what we say are read and passed over, but for the one that is waited for.
static void await(int fd, const char *answer) {
    char in[4096] = {0};
    flush(fd);
    do {
        ssize_t count = read(fd, in, sizeof in - 1);
        must(count > 0, "read");
        in[count] = 0;
    } while (!strstr(in, answer));
}

static void pong(int fd) {
    waiting += sprintf(out + waiting, "PING\r\n");
    await(fd, "PONG\r\n");
}

static const char *const WORDS[] = {
    "brakes", "missing", "rocket", "skates", "crash", "when", "parsing", "empty", "header", "timeout", "slow", "query", "index", "wrong",
    "rounding", "button", "misaligned", "dark", "mode", "support", "memory", "leak", "worker", "pool", "retry", "storm", "login", "loop",
    "unicode", "filename", "upload", "stalls", "cache", "stale", "after", "deploy", "typo", "docs", "flaky", "test", "race", "condition"};
static const char *const STATES[] = {"proposed", "active", "active", "awarded", "settling", "settled", "paid", "cancelled"};
static const char *const SYMBOLS[] = {"USDC", "SOL", "ETH", "ATOM"};

static unsigned mix(unsigned value) {
    value = (value ^ (value >> 16)) * 0x45d9f3bu;
    value = (value ^ (value >> 16)) * 0x45d9f3bu;
    return value ^ (value >> 16);
}

static void identifier(char *text, uint64_t number) {
    uint64_t time = 1790000000000ull + number * 1000;
    sprintf(text, "%08x-%04x-7000-8000-%012llx", (unsigned)(time >> 16), (unsigned)(time & 0xffff), (unsigned long long)number);
}

// One event: a bounty of about as many bytes as they have, in a version of its own.
static void publish(int fd, unsigned number, unsigned version, const char *reply) {
    char id[37], event[37], body[LARGEST], head[1024];
    static unsigned count;
    identifier(id, number);
    identifier(event, ((uint64_t)getpid() << 32 | count++) & 0xffffffffffff);
    unsigned sponsor = 1000 + number % 5000, repository = number % 2000, seed = mix(number);
#define WORD(n) WORDS[mix(seed + n) % (sizeof WORDS / sizeof *WORDS)]
    const char *symbol = SYMBOLS[number % 4], *state = STATES[(number + version) % 8];
    int length = snprintf(
        body, sizeof body,
        "{\"bounty\":{\"amount\":\"%u\",\"asset\":\"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v\","
        "\"created_at\":\"2026-11-21T09:30:00.000Z\",\"decimals\":6,\"denomination\":\"%s\",\"expires_at\":\"2027-02-19T09:30:00.000Z\","
        "\"id\":\"%s\",\"issue\":{\"id\":%u,\"is_pull_request\":false,\"number\":%u,\"title\":\"%s %s %s %s %s #%u\","
        "\"url\":\"https://github.com/owner-%u/repository-%u/issues/%u\"},"
        "\"repository\":{\"full_name\":\"owner-%u/repository-%u\",\"id\":%u},\"shares\":[{\"amount\":\"%u\",\"recipient\":{\"id\":%u,"
        "\"login\":\"solver-%u\"},\"state\":\"%s\",\"units\":\"%u000000\"}],"
        "\"source\":{\"created_at\":\"2026-11-21T09:30:00.000Z\",\"id\":%u,\"kind\":\"issue_comment\","
        "\"url\":\"https://github.com/owner-%u/repository-%u/issues/%u#issuecomment-%u\"},"
        "\"sponsor\":{\"id\":%u,\"login\":\"sponsor-%u\"},\"state\":\"%s\",\"units\":\"%u000000\","
        "\"updated_at\":\"2026-11-21T09:30:00.000Z\",\"version\":%u,"
        "\"wallet\":\"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:BGYtLEiZn5uFQTksJ2Gkv71A2K9X2C1ig6zDX577J2zC\"}}",
        1 + seed % 1000, symbol, id, 3000000 + number, 1 + number / 2000, WORD(1), WORD(2), WORD(3), WORD(4), WORD(5), number,
        repository % 300, repository, 1 + number / 2000, repository % 300, repository, 100 + repository, 1 + seed % 1000,
        9000 + seed % 3000, 9000 + seed % 3000, version % 2 ? "paid" : "pending", 1 + seed % 1000, 4000000 + number, repository % 300,
        repository, 1 + number / 2000, 4000000 + number, sponsor, sponsor, state, 1 + seed % 1000, version);
    int headLength = snprintf(
        head, sizeof head,
        "NATS/1.0\r\nce-specversion: 1.0\r\nce-id: %s\r\nce-source: /bursar/bounty\r\nce-type: bursar.bounty.changed.v1\r\n"
        "ce-subject: %s\r\nce-sequence: %u\r\nce-time: 2026-11-21T09:30:00.000Z\r\ncontent-type: application/json\r\n\r\n",
        event, id, version);
    waiting += sprintf(
        out + waiting, "HPUB events.bounty.%u.%s %s %d %d\r\n%s%s\r\n", sponsor, id, reply, headLength, headLength + length, head, body);
    if (waiting > OUT - LARGEST * 2) flush(fd);
}

static int nats(int port) {
    int fd = dial(port);
    char in[4096];
    must(read(fd, in, sizeof in) > 0, "read");
    waiting += sprintf(out, "CONNECT {\"verbose\":false,\"headers\":true,\"no_responders\":false,\"lang\":\"c\",\"version\":\"1\"}\r\n");
    pong(fd);
    return fd;
}

static void writeAtRate(int fd, unsigned bounties, double rate, double seconds, unsigned version) {
    double start = now();
    for (unsigned count = 0; now() - start < seconds * 1e3;) {
        unsigned due = (now() - start) * rate / 1e3;
        for (; count < due; count++) publish(fd, mix(count) % bounties, version + count, "");
        if (waiting) flush(fd);
        usleep(1000);
    }
    pong(fd);
}

typedef struct {
    int fd;
    uint64_t last;
    size_t matched;
    uint64_t number;
} Client;

static int ascending(const void *left, const void *right) {
    float a = *(const float *)left, b = *(const float *)right;
    return (a > b) - (a < b);
}

static void listenTo(int fd, int port, unsigned clients, double rate, double seconds, unsigned bounties, unsigned version, uint64_t base) {
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    static char in[1 << 18];
    unsigned most = rate * seconds + 1;
    double *published = calloc(most, sizeof *published);
    size_t room = (size_t)clients * most, count = 0;
    float *latencies = malloc(room * sizeof *latencies);
    Client *all = calloc(clients, sizeof *all);
    int poll = epoll_create1(0);
    static const char request[] = "GET /v1/events HTTP/1.1\r\nHost: benchmark\r\n\r\n";
    for (unsigned index = 0; index < clients; index++) {
        all[index].fd = dial(port);
        must(write(all[index].fd, request, sizeof request - 1) > 0, "write");
        fcntl(all[index].fd, F_SETFL, O_NONBLOCK);
        struct epoll_event event = {.events = EPOLLIN, .data.u32 = index};
        epoll_ctl(poll, EPOLL_CTL_ADD, all[index].fd, &event);
    }
    sleep(2);
    double start = now(), end = 0;
    unsigned sent = 0;
    // After the last one, time for what is on its way.
    while (now() - start < seconds * 1e3 || (count < (size_t)clients * sent && now() - end < 5e3)) {
        if (now() - start < seconds * 1e3) {
            unsigned due = (now() - start) * rate / 1e3;
            for (; sent < due && sent < most; sent++) {
                published[sent] = now();
                publish(fd, mix(sent) % bounties, version + sent, "");
            }
            if (waiting) flush(fd);
            end = now();
        }
        struct epoll_event events[256];
        int ready = epoll_wait(poll, events, 256, 1);
        for (int index = 0; index < ready; index++) {
            Client *client = &all[events[index].data.u32];
            ssize_t length = read(client->fd, in, sizeof in);
            if (length <= 0) {
                if (length < 0 && errno == EAGAIN) continue;
                fprintf(stderr, "a client was disconnected\n");
                epoll_ctl(poll, EPOLL_CTL_DEL, client->fd, NULL);
                continue;
            }
            double time = now();
            // "\nid: <number>\n", wherever reads end within it.
            static const char mark[] = "\nid: ";
            for (char *at = in; at < in + length; at++) {
                if (client->matched < 5) {
                    if (*at == mark[client->matched]) {
                        client->matched++;
                        client->number = 0;
                    } else {
                        client->matched = *at == '\n';
                        if (!client->matched && (at = memchr(at, '\n', in + length - at)) == NULL) break;
                        client->matched = 1;
                    }
                } else if (*at >= '0' && *at <= '9') {
                    client->number = client->number * 10 + (*at - '0');
                } else {
                    client->matched = *at == '\n';
                    if (client->number > base && client->number > client->last && client->number <= base + sent && count < room)
                        latencies[count++] = time - published[client->number - base - 1];
                    if (client->number > client->last) client->last = client->number;
                }
            }
        }
    }
    qsort(latencies, count, sizeof *latencies, ascending);
    must(count > 0, "nothing was received");
    printf("%.0f %.1f %.1f %.1f %lld\n", count / seconds, latencies[count / 2], latencies[count * 99 / 100], latencies[count - 1],
           (long long)clients * sent - (long long)count);
}

int main(int count, char **arguments) {
    must(count >= 5, "usage: events fill|write|listen <nats port> ...");
    int fd = nats(atoi(arguments[2]));
    if (strcmp(arguments[1], "fill") == 0) {
        unsigned bounties = atoi(arguments[3]), events = atoi(arguments[4]);
        double start = now();
        // The broker drops what waits to be stored beyond 10,000 messages: so the last of a thousand is waited for.
        waiting += sprintf(out + waiting, "SUB _INBOX.fill 1\r\n");
        for (unsigned index = 0; index < events; index++) {
            int isLast = index % 1000 == 999 || index == events - 1;
            publish(fd, index % bounties, 1 + index / bounties, isLast ? "_INBOX.fill" : "");
            if (isLast) await(fd, "MSG _INBOX.fill");
        }
        printf("%.3f\n", (now() - start) / 1e3);
    } else if (strcmp(arguments[1], "write") == 0) {
        must(count == 7, "usage: events write <nats port> <bounties> <rate> <seconds> <version>");
        writeAtRate(fd, atoi(arguments[3]), atof(arguments[4]), atof(arguments[5]), atoi(arguments[6]));
        printf("%s\n", arguments[4]);
    } else {
        must(count == 10, "usage: events listen <nats port> <http port> <clients> <rate> <seconds> <bounties> <version> <sequence>");
        listenTo(fd, atoi(arguments[3]), atoi(arguments[4]), atof(arguments[5]), atof(arguments[6]), atoi(arguments[7]),
                 atoi(arguments[8]), strtoull(arguments[9], NULL, 10));
    }
    return 0;
}
