// Loaded before the C library into a database server: while the file that FULL names is there, no file grows, as on a full disk.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(type, name, ...) \
    static type (*real_##name)(__VA_ARGS__); \
    if (!real_##name) real_##name = dlsym(RTLD_NEXT, #name)

static int grows(int fd, off_t at, size_t length) {
    const char *full = getenv("FULL");
    struct stat file;
    if (!full || access(full, F_OK) || fstat(fd, &file) || !S_ISREG(file.st_mode)) return 0;
    if (at < 0) at = lseek(fd, 0, SEEK_CUR);
    if (at + (off_t)length <= file.st_size) return 0;
    errno = ENOSPC;
    return 1;
}

static size_t length_of(const struct iovec *parts, int count) {
    size_t length = 0;
    for (int part = 0; part < count; part++) length += parts[part].iov_len;
    return length;
}

ssize_t write(int fd, const void *bytes, size_t length) {
    REAL(ssize_t, write, int, const void *, size_t);
    return grows(fd, -1, length) ? -1 : real_write(fd, bytes, length);
}

#define WRITES_AT(name) \
    ssize_t name(int fd, const void *bytes, size_t length, off_t at) { \
        REAL(ssize_t, name, int, const void *, size_t, off_t); \
        return grows(fd, at, length) ? -1 : real_##name(fd, bytes, length, at); \
    }
WRITES_AT(pwrite)
WRITES_AT(pwrite64)

#define WRITES_PARTS_AT(name) \
    ssize_t name(int fd, const struct iovec *parts, int count, off_t at) { \
        REAL(ssize_t, name, int, const struct iovec *, int, off_t); \
        return grows(fd, at, length_of(parts, count)) ? -1 : real_##name(fd, parts, count, at); \
    }
WRITES_PARTS_AT(pwritev)
WRITES_PARTS_AT(pwritev64)

#define ALLOCATES(name) \
    int name(int fd, off_t at, off_t length) { \
        REAL(int, name, int, off_t, off_t); \
        return grows(fd, at, (size_t)length) ? ENOSPC : real_##name(fd, at, length); \
    }
ALLOCATES(posix_fallocate)
ALLOCATES(posix_fallocate64)
