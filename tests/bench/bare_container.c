// The least that a container can cost on this kernel, to measure runtimes against: new namespaces by one
// clone3, the root bound, made private and entered, the program executed and waited for. No cgroup, /proc,
// /dev, filter or state.
//
//   bare_container ROOT PROGRAM
#define _GNU_SOURCE
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void runInside(char** values) {
    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount(values[1], values[1], NULL, MS_BIND | MS_REC, NULL) != 0 || chdir(values[1]) != 0 ||
        syscall(SYS_pivot_root, ".", ".") != 0 || umount2(".", MNT_DETACH) != 0 || chdir("/") != 0)
        _exit(126);
    char* environment[] = {NULL};
    execve(values[2], values + 2, environment);
    _exit(127);
}

int main(int count, char** values) {
    if (count < 3)
        return 2;
    struct clone_args arguments = {.flags = CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC |
                                            CLONE_NEWUTS | CLONE_NEWCGROUP,
                                   .exit_signal = SIGCHLD};
    const long pid = syscall(SYS_clone3, &arguments, sizeof arguments);
    if (pid < 0)
        return 125;
    if (pid == 0)
        runInside(values);
    int status = 0;
    waitpid((pid_t)pid, &status, 0);
    return WEXITSTATUS(status);
}
