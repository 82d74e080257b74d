/*
 * headroom-highs LIBRARY [MEMORY]: solves linear and mixed-integer programmes for a parent process.
 *
 * LIBRARY is a HiGHS shared library, opened with dlopen, so that no header and no link step is needed; MEMORY is a limit of
 * the address space in bytes (0: none). Jobs come in on standard input, answers go out on standard output, both as frames
 *
 *     magic "HRM1", kind (4 bytes each), length of the payload, checksum of the payload (8 bytes each), payload
 *
 * in the machine's byte order, which has to be little-endian. The payloads are described in highs/frame.go. The end of
 * standard input is the sign to die. Everything the library prints by itself is sent to standard error.
 *
 * The main thread solves; a second thread reads standard input, so that an interrupt or the parent's death is seen during
 * a solve. The child holds nothing from one job to the next: each has a HiGHS object of its own.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { MAGIC = 0x314d5248, PROTOCOL = 2 };
enum { LOGGING, SIMPLEX_INTERRUPT, IPM_INTERRUPT, MIP_SOLUTION, MIP_IMPROVING, MIP_LOGGING, MIP_INTERRUPT };

typedef void (*event_fn)(int, const char *, const void *, void *, void *);

/* The C functions of HiGHS that are used, by their types with 32-bit HighsInt. */
#define FUNCTIONS(F)                                                                                                      \
    F(void *, create, (void))                                                                                            \
    F(void, destroy, (void *))                                                                                           \
    F(const char *, version, (void))                                                                                     \
    F(int, versionMajor, (void))                                                                                         \
    F(int, versionMinor, (void))                                                                                         \
    F(int, versionPatch, (void))                                                                                         \
    F(int, getSizeofHighsInt, (const void *))                                                                            \
    F(int, run, (void *))                                                                                                \
    F(int, passLp, (void *, int, int, int, int, int, double, const double *, const double *, const double *,             \
                    const double *, const double *, const int *, const int *, const double *))                           \
    F(int, passMip, (void *, int, int, int, int, int, double, const double *, const double *, const double *,            \
                     const double *, const double *, const int *, const int *, const double *, const int *))             \
    F(int, setBoolOptionValue, (void *, const char *, int))                                                              \
    F(int, setIntOptionValue, (void *, const char *, int))                                                               \
    F(int, setDoubleOptionValue, (void *, const char *, double))                                                         \
    F(int, setStringOptionValue, (void *, const char *, const char *))                                                   \
    F(int, setSolution, (void *, const double *, const double *, const double *, const double *))                        \
    F(int, getSolution, (const void *, double *, double *, double *, double *))                                          \
    F(int, getModelStatus, (const void *))                                                                               \
    F(double, getObjectiveValue, (const void *))                                                                         \
    F(double, getRunTime, (const void *))                                                                                \
    F(int, getIntInfoValue, (const void *, const char *, int *))                                                         \
    F(int, getInt64InfoValue, (const void *, const char *, int64_t *))                                                   \
    F(int, getDoubleInfoValue, (const void *, const char *, double *))                                                   \
    F(int, setCallback, (void *, event_fn, void *))                                                                      \
    F(int, startCallback, (void *, int))                                                                                 \
    F(const void *, getCallbackDataOutItem, (const void *, const char *))

#define DECLARE(type, name, args) static type(*name) args;
FUNCTIONS(DECLARE)

/* The head of a job; the arrays follow in the order of run_job. */
struct job {
    int32_t cols, rows, nonzeros, sense, has_integer, has_start, option_bytes, text;
    double offset;
    int64_t number;
};

static FILE *out;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t arrived = PTHREAD_COND_INITIALIZER;
static struct job *next_job;
static size_t next_length;
static volatile int64_t interrupted; /* number of the job to stop */
static char last_error[512];         /* last line of the log that says ERROR */

struct piece {
    const void *data;
    size_t length;
};

static uint64_t checksum(uint64_t h, const void *data, size_t length) {
    const char *p = data;
    for (; length > 0;) {
        uint64_t w = 0;
        size_t n = length < 8 ? length : 8;
        memcpy(&w, p, n);
        h = (h ^ w) * 1099511628211u;
        h ^= h >> 32;
        p += n, length -= n;
    }
    return h;
}

/* send_frame writes one frame. All pieces but the last must be a multiple of 8 bytes long. A parent that is gone ends us. */
static void send_frame(const char *kind, const struct piece *pieces, int n) {
    struct {
        uint32_t magic, kind;
        uint64_t length, sum;
    } head = {MAGIC, 0, 0, 14695981039346656037u};
    memcpy(&head.kind, kind, 4);
    for (int i = 0; i < n; i++) {
        head.length += pieces[i].length;
        head.sum = checksum(head.sum, pieces[i].data, pieces[i].length);
    }
    fwrite(&head, sizeof head, 1, out);
    for (int i = 0; i < n; i++)
        if (pieces[i].length) fwrite(pieces[i].data, pieces[i].length, 1, out);
    if (fflush(out) != 0) _exit(1);
}

static void send_text(const char *kind, const char *text) {
    struct piece p = {text, strlen(text)};
    send_frame(kind, &p, 1);
}

static void fail(const char *what, const char *which) {
    char text[1024];
    snprintf(text, sizeof text, "%s%s%s%s", what, which, last_error[0] ? ": " : "", last_error);
    send_text("FAIL", text);
}

static double item(const void *data, const char *name) {
    const double *v = getCallbackDataOutItem(data, name);
    return v ? *v : 0;
}

/* on_event is called by HiGHS: log lines, better solutions, and points where it can be stopped. */
static void on_event(int type, const char *message, const void *data, void *in, void *user) {
    const struct job *j = user;
    static double last_progress;
    if (type == LOGGING) {
        if (message && strstr(message, "ERROR")) snprintf(last_error, sizeof last_error, "%.500s", message);
        if (message && j->text) send_text("TEXT", message);
        return;
    }
    if (interrupted == j->number && in) *(int *)in = 1; /* user_interrupt is the first field */
    if (type == MIP_INTERRUPT || type == MIP_IMPROVING) {
        double seconds = item(data, "running_time");
        if (type == MIP_INTERRUPT && seconds >= last_progress && seconds < last_progress + 0.5) return;
        last_progress = seconds;
        const int64_t *nodes = getCallbackDataOutItem(data, "mip_node_count");
        struct {
            int64_t number, nodes;
            double seconds, primal, dual, objective;
        } now = {j->number, nodes ? *nodes : 0, seconds, item(data, "mip_primal_bound"), item(data, "mip_dual_bound"),
                 item(data, "objective_function_value")};
        const double *x = type == MIP_IMPROVING ? getCallbackDataOutItem(data, "mip_solution") : NULL;
        struct piece p[] = {{&now, sizeof now}, {x, x ? sizeof(double) * (size_t)j->cols : 0}};
        send_frame(x ? "BEST" : "PROG", p, x ? 2 : 1);
    }
}

/* set_options applies the options of a job: a kind, a name, a value each. It returns the name of one that is refused. */
static const char *set_options(void *highs, const char *p, const char *end) {
    while (p < end) {
        char kind = *p++;
        const char *name = p;
        int32_t i;
        double d;
        int status = -1;
        p += strlen(p) + 1;
        switch (kind) {
        case 'b':
        case 'i':
            memcpy(&i, p, sizeof i), p += sizeof i;
            status = kind == 'b' ? setBoolOptionValue(highs, name, i) : setIntOptionValue(highs, name, i);
            break;
        case 'd':
            memcpy(&d, p, sizeof d), p += sizeof d;
            status = setDoubleOptionValue(highs, name, d);
            break;
        case 's':
            status = setStringOptionValue(highs, name, p);
            p += strlen(p) + 1;
        }
        if (status != 0) return name;
    }
    return NULL;
}

static void send_result(void *highs, const struct job *j, int status, double cpu) {
    size_t n = (size_t)j->cols, m = (size_t)j->rows;
    double *x = calloc(2 * n + 2 * m + 1, sizeof(double)), *col_dual = x + n, *row_dual = col_dual + n;
    int primal = 0, dual = 0;
    struct {
        int64_t number;
        int32_t run, model, primal, dual;
        double objective, bound, seconds, cpu;
        int64_t nodes;
    } r = {j->number, status, getModelStatus(highs), 0, 0, getObjectiveValue(highs), 0, getRunTime(highs), cpu, -1};
    if (!x) {
        fail("out of memory", "");
        return;
    }
    getIntInfoValue(highs, "primal_solution_status", &primal);
    getIntInfoValue(highs, "dual_solution_status", &dual);
    getDoubleInfoValue(highs, "mip_dual_bound", &r.bound);
    getInt64InfoValue(highs, "mip_node_count", &r.nodes);
    r.primal = primal, r.dual = dual;
    getSolution(highs, x, col_dual, row_dual + m, row_dual);
    struct piece p[] = {{&r, sizeof r}, {x, (2 * n + m) * sizeof(double)}};
    send_frame("DONE", p, 2);
    free(x);
}

static void run_job(struct job *j, size_t length) {
    size_t n = (size_t)j->cols, m = (size_t)j->rows, nz = (size_t)j->nonzeros;
    const double *cost = (const double *)(j + 1), *lower = cost + n, *upper = lower + n, *row_lower = upper + n,
                 *row_upper = row_lower + m, *value = row_upper + m, *start = value + nz;
    const int *first = (const int *)(start + (j->has_start ? n : 0)), *index = first + n + 1, *integer = index + nz;
    const char *options = (const char *)(integer + (j->has_integer ? n : 0)), *refused;
    if (j->cols < 0 || j->rows < 0 || j->nonzeros < 0 || options + j->option_bytes != (const char *)j + length) {
        fail("a job of the wrong length", "");
        return;
    }
    last_error[0] = 0;
    void *highs = create();
    setCallback(highs, on_event, j);
    startCallback(highs, LOGGING);
    startCallback(highs, SIMPLEX_INTERRUPT);
    startCallback(highs, IPM_INTERRUPT);
    startCallback(highs, MIP_IMPROVING);
    startCallback(highs, MIP_INTERRUPT);
    if ((refused = set_options(highs, options, options + j->option_bytes))) {
        fail("HiGHS refuses the option ", refused);
    } else if ((j->has_integer ? passMip(highs, j->cols, j->rows, j->nonzeros, 1, j->sense, j->offset, cost, lower, upper,
                                         row_lower, row_upper, first, index, value, integer)
                               : passLp(highs, j->cols, j->rows, j->nonzeros, 1, j->sense, j->offset, cost, lower, upper,
                                        row_lower, row_upper, first, index, value)) < 0) {
        fail("HiGHS refuses the problem", "");
    } else {
        if (j->has_start) setSolution(highs, start, NULL, NULL, NULL);
        clock_t began = clock();
        int status = run(highs);
        send_result(highs, j, status, (double)(clock() - began) / CLOCKS_PER_SEC);
    }
    destroy(highs);
}

static void read_fully(void *data, size_t length) {
    for (char *p = data; length > 0;) {
        ssize_t k = read(0, p, length);
        if (k <= 0) _exit(0); /* the parent is gone */
        p += k, length -= (size_t)k;
    }
}

/* read_input is the second thread. */
static void *read_input(void *unused) {
    for (;;) {
        struct {
            uint32_t magic, kind;
            uint64_t length, sum;
        } head;
        read_fully(&head, sizeof head);
        char *data = head.magic == MAGIC ? malloc(head.length + 8) : NULL;
        if (!data) _exit(4);
        read_fully(data, head.length);
        if (memcmp(&head.kind, "STOP", 4) == 0 && head.length == 8) {
            int64_t number;
            memcpy(&number, data, 8);
            interrupted = number;
            free(data);
            continue;
        }
        if (memcmp(&head.kind, "JOB ", 4) != 0 || head.length < sizeof(struct job)) _exit(4);
        pthread_mutex_lock(&lock);
        while (next_job) pthread_cond_wait(&arrived, &lock);
        next_job = (struct job *)data, next_length = head.length;
        pthread_cond_broadcast(&arrived);
        pthread_mutex_unlock(&lock);
    }
    return unused;
}

int main(int argc, char **argv) {
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    int fd = fcntl(1, F_DUPFD_CLOEXEC, 3);
    dup2(2, 1);
#ifdef F_SETPIPE_SZ
    fcntl(0, F_SETPIPE_SZ, 1 << 20);
    fcntl(fd, F_SETPIPE_SZ, 1 << 20);
#endif
    out = fdopen(fd, "w");
    if (argc < 2 || !out) {
        fprintf(stderr, "headroom-highs is started by headroom, with the path of a HiGHS library\n");
        return 4;
    }
    setvbuf(out, NULL, _IOFBF, 1 << 16);
    void *library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        send_text("FAIL", dlerror());
        return 3;
    }
#define LOOK_UP(type, name, args)                                                                                        \
    if (!(*(void **)&name = dlsym(library, "Highs_" #name))) {                                                           \
        fail("the library lacks the function Highs_", #name);                                                            \
        return 3;                                                                                                        \
    }
    FUNCTIONS(LOOK_UP)
    unsigned long long memory = argc > 2 ? strtoull(argv[2], NULL, 10) : 0;
    if (memory) {
        struct rlimit limit = {memory, memory};
        setrlimit(RLIMIT_AS, &limit);
    }
    int32_t hello[] = {PROTOCOL, getSizeofHighsInt(NULL), versionMajor(), versionMinor(), versionPatch(), 0};
    struct piece p = {hello, sizeof hello};
    send_frame("HELO", &p, 1);

    pthread_t reader;
    if (pthread_create(&reader, NULL, read_input, NULL) != 0) return 5;
    for (;;) {
        pthread_mutex_lock(&lock);
        while (!next_job) pthread_cond_wait(&arrived, &lock);
        struct job *j = next_job;
        size_t length = next_length;
        next_job = NULL;
        pthread_cond_broadcast(&arrived);
        pthread_mutex_unlock(&lock);
        run_job(j, length);
        free(j);
    }
}
