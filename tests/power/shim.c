// Loaded before the C library into a program under test: writes down what it does to the files of one folder, in order, and can
// make one of its steps fail. The test that loads it replays what was written down, and forgets what was not synced.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum { OPEN = 1, WRITE, TRUNCATE, SYNC, CLOSE, RENAME, UNLINK, LINK, FOLDER, SAID };

#define MOST_FILES 4096
static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;
static int trace = -1;
static char root[PATH_MAX];
static char watched[MOST_FILES];
static char fail_kind;
static long fail_at, seen;
static int fail_with;

#define REAL(type, name, ...) \
    static type (*real_##name)(__VA_ARGS__); \
    if (!real_##name) real_##name = dlsym(RTLD_NEXT, #name)

static ssize_t put(const void *bytes, size_t length) {
    REAL(ssize_t, write, int, const void *, size_t);
    return real_write(trace, bytes, length);
}

static void note(uint8_t what, int32_t fd, int64_t at, const char *path, const void *bytes, uint32_t length) {
    uint32_t named = path ? (uint32_t)strlen(path) : 0;
    put(&what, 1), put(&fd, 4), put(&at, 8), put(&named, 4), put(&length, 4);
    if (named) put(path, named);
    if (length) put(bytes, length);
}

__attribute__((constructor)) static void begin(void) {
    REAL(int, open64, const char *, int, ...);
    const char *folder = getenv("POWER_ROOT"), *file = getenv("POWER_TRACE"), *fails = getenv("POWER_FAIL");
    if (folder) strncpy(root, folder, sizeof root - 1);
    if (file) trace = real_open64(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fails && strlen(fails) > 2) {
        char *rest;
        fail_kind = fails[0];
        fail_at = strtol(fails + 2, &rest, 10);
        fail_with = strtol(rest + 1, NULL, 10);
    }
}

static int is_watched(const char *path) {
    size_t length = strlen(path), end = strlen(root);
    if (trace < 0 || !end || strncmp(path, root, end)) return 0;
    return length < 4 || strcmp(path + length - 4, "-shm");
}

static int of(int fd) { return fd >= 0 && fd < MOST_FILES && watched[fd]; }

// Whether this step is the one that fails.
static int fails(char kind) {
    if (kind != fail_kind || ++seen != fail_at) return 0;
    errno = fail_with;
    return 1;
}

static int opened(int fd, int flags, const char *path) {
    if (fd >= 0 && fd < MOST_FILES) {
        watched[fd] = (char)is_watched(path);
        if (watched[fd]) note(OPEN, fd, flags, path, NULL, 0);
    }
    return fd;
}

#define OPENS(name) \
    int name(const char *path, int flags, ...) { \
        REAL(int, name, const char *, int, ...); \
        va_list more; \
        va_start(more, flags); \
        mode_t mode = va_arg(more, mode_t); \
        va_end(more); \
        pthread_mutex_lock(&one); \
        int fd = opened(real_##name(path, flags, mode), flags, path); \
        pthread_mutex_unlock(&one); \
        return fd; \
    }
OPENS(open)
OPENS(open64)

#define OPENS_AT(name) \
    int name(int folder, const char *path, int flags, ...) { \
        REAL(int, name, int, const char *, int, ...); \
        va_list more; \
        va_start(more, flags); \
        mode_t mode = va_arg(more, mode_t); \
        va_end(more); \
        pthread_mutex_lock(&one); \
        int fd = opened(real_##name(folder, path, flags, mode), flags, path); \
        pthread_mutex_unlock(&one); \
        return fd; \
    }
OPENS_AT(openat)
OPENS_AT(openat64)

int close(int fd) {
    REAL(int, close, int);
    pthread_mutex_lock(&one);
    if (of(fd)) note(CLOSE, fd, 0, NULL, NULL, 0), watched[fd] = 0;
    int done = real_close(fd);
    pthread_mutex_unlock(&one);
    return done;
}

ssize_t write(int fd, const void *bytes, size_t length) {
    REAL(ssize_t, write, int, const void *, size_t);
    pthread_mutex_lock(&one);
    ssize_t done = -1;
    if (fd == STDOUT_FILENO && trace >= 0) note(SAID, fd, 0, NULL, bytes, (uint32_t)length);
    if (!of(fd) || !fails('w')) {
        off_t at = of(fd) ? lseek(fd, 0, SEEK_CUR) : 0;
        done = real_write(fd, bytes, length);
        if (of(fd) && done > 0) note(WRITE, fd, at, NULL, bytes, (uint32_t)done);
    }
    pthread_mutex_unlock(&one);
    return done;
}

#define WRITES_AT(name, type) \
    ssize_t name(int fd, const void *bytes, size_t length, type at) { \
        REAL(ssize_t, name, int, const void *, size_t, type); \
        pthread_mutex_lock(&one); \
        ssize_t done = -1; \
        if (!of(fd) || !fails('w')) { \
            done = real_##name(fd, bytes, length, at); \
            if (of(fd) && done > 0) note(WRITE, fd, at, NULL, bytes, (uint32_t)done); \
        } \
        pthread_mutex_unlock(&one); \
        return done; \
    }
WRITES_AT(pwrite, off_t)
WRITES_AT(pwrite64, off64_t)

#define READS_AT(name, type) \
    ssize_t name(int fd, void *bytes, size_t length, type at) { \
        REAL(ssize_t, name, int, void *, size_t, type); \
        pthread_mutex_lock(&one); \
        int failed = of(fd) && fails('i'); \
        pthread_mutex_unlock(&one); \
        return failed ? -1 : real_##name(fd, bytes, length, at); \
    }
READS_AT(pread, off_t)
READS_AT(pread64, off64_t)

#define TRUNCATES(name, type) \
    int name(int fd, type length) { \
        REAL(int, name, int, type); \
        pthread_mutex_lock(&one); \
        int done = -1; \
        if (!of(fd) || !fails('w')) { \
            done = real_##name(fd, length); \
            if (of(fd) && !done) note(TRUNCATE, fd, length, NULL, NULL, 0); \
        } \
        pthread_mutex_unlock(&one); \
        return done; \
    }
TRUNCATES(ftruncate, off_t)
TRUNCATES(ftruncate64, off64_t)

#define SYNCS(name) \
    int name(int fd) { \
        REAL(int, name, int); \
        pthread_mutex_lock(&one); \
        int done = -1; \
        if (!of(fd) || !fails('s')) { \
            /* The test forgets by itself: nothing waits for the disk. */ \
            done = of(fd) ? 0 : real_##name(fd); \
            if (of(fd)) note(SYNC, fd, 0, NULL, NULL, 0); \
        } \
        pthread_mutex_unlock(&one); \
        return done; \
    }
SYNCS(fsync)
SYNCS(fdatasync)

int rename(const char *from, const char *to) {
    REAL(int, rename, const char *, const char *);
    pthread_mutex_lock(&one);
    int done = -1;
    if (!is_watched(to) || !fails('r')) {
        done = real_rename(from, to);
        if (!done && is_watched(to)) note(RENAME, 0, 0, from, to, (uint32_t)strlen(to));
    }
    pthread_mutex_unlock(&one);
    return done;
}

int unlink(const char *path) {
    REAL(int, unlink, const char *);
    pthread_mutex_lock(&one);
    int done = real_unlink(path);
    if (!done && is_watched(path)) note(UNLINK, 0, 0, path, NULL, 0);
    pthread_mutex_unlock(&one);
    return done;
}

int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags) {
    REAL(int, linkat, int, const char *, int, const char *, int);
    pthread_mutex_lock(&one);
    int done = real_linkat(from_folder, from, to_folder, to, flags);
    if (!done && is_watched(to)) note(LINK, 0, 0, from, to, (uint32_t)strlen(to));
    pthread_mutex_unlock(&one);
    return done;
}

int mkdir(const char *path, mode_t mode) {
    REAL(int, mkdir, const char *, mode_t);
    pthread_mutex_lock(&one);
    int done = real_mkdir(path, mode);
    if (!done && is_watched(path)) note(FOLDER, 0, 0, path, NULL, 0);
    pthread_mutex_unlock(&one);
    return done;
}

// Copies are made by reading and writing, which is written down.
ssize_t copy_file_range(int from, off64_t *at, int to, off64_t *there, size_t length, unsigned flags) {
    (void)from, (void)at, (void)to, (void)there, (void)length, (void)flags;
    errno = ENOSYS;
    return -1;
}
ssize_t sendfile64(int to, int from, off64_t *at, size_t length) {
    (void)to, (void)from, (void)at, (void)length;
    errno = ENOSYS;
    return -1;
}
ssize_t sendfile(int to, int from, off_t *at, size_t length) {
    (void)to, (void)from, (void)at, (void)length;
    errno = ENOSYS;
    return -1;
}
