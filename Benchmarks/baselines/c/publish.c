// Raw acknowledged publishes to JetStream: publish <url> <threads> <seconds> <bytes>
// Each thread publishes, waits for the acknowledgement, and publishes again, to a stream of its own making whose settings
// are those of the stream of deliveries. Prints publishes/s and their p50 and p99 in µs. publish <url> purge <stream> empties one.
// The stream stays: to delete some hundred megabytes holds up the disk for whoever comes next.
#include <nats/nats.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MAXIMUM = 4000000 };

static jsCtx *stream;
static char *payload;
static int size;
static double end;
static float *latencies;
static int count;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static void must(natsStatus status, const char *what) {
    if (status != NATS_OK) { fprintf(stderr, "%s: %s\n", what, natsStatus_GetText(status)); exit(1); }
}

static void *publish(void *unused) {
    for (double began = now(); began < end; began = now()) {
        must(js_Publish(NULL, stream, "raw.deliveries", payload, size, NULL, NULL), "publish");
        int at = __atomic_fetch_add(&count, 1, __ATOMIC_RELAXED);
        if (at < MAXIMUM) latencies[at] = (now() - began) * 1e6;
    }
    return unused;
}

static int ascending(const void *left, const void *right) {
    float a = *(const float *)left, b = *(const float *)right;
    return (a > b) - (a < b);
}

static int purge(const char *url, const char *name) {
    natsConnection *connection;
    must(natsConnection_ConnectTo(&connection, url), "connect");
    must(natsConnection_JetStream(&stream, connection, NULL), "JetStream");
    must(js_PurgeStream(stream, name, NULL, NULL), "purge");
    natsConnection_Destroy(connection);
    return 0;
}

int main(int argc, char **argv) {
    if (argc == 4 && !strcmp(argv[2], "purge")) return purge(argv[1], argv[3]);
    if (argc != 5) return 64;
    int threads = atoi(argv[2]);
    double seconds = atof(argv[3]);
    size = atoi(argv[4]);
    payload = malloc(size);
    memset(payload, 'x', size);
    latencies = malloc(MAXIMUM * sizeof *latencies);
    natsConnection *connection;
    must(natsConnection_ConnectTo(&connection, argv[1]), "connect");
    must(natsConnection_JetStream(&stream, connection, NULL), "JetStream");
    const char *subjects[] = {"raw.*"};
    jsStreamConfig configuration;
    jsStreamConfig_Init(&configuration);
    configuration.Name = "RAW";
    configuration.Subjects = subjects;
    configuration.SubjectsLen = 1;
    configuration.Retention = js_WorkQueuePolicy;
    configuration.Discard = js_DiscardNew;
    jsErrCode code = 0;
    natsStatus added = js_AddStream(NULL, stream, &configuration, NULL, &code);
    if (code != JSStreamNameExistErr) must(added, "stream");
    pthread_t *workers = malloc(threads * sizeof *workers);
    double began = now();
    end = began + seconds;
    for (int i = 0; i < threads; i++) pthread_create(&workers[i], NULL, publish, NULL);
    for (int i = 0; i < threads; i++) pthread_join(workers[i], NULL);
    double took = now() - began;
    int kept = count < MAXIMUM ? count : MAXIMUM;
    qsort(latencies, kept, sizeof *latencies, ascending);
    printf("%.0f %.0f %.0f\n", count / took, latencies[kept / 2], latencies[(int)(kept * 0.99)]);
    natsConnection_Destroy(connection);
    return 0;
}
