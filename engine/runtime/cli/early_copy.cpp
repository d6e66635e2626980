// The program's first instructions: what sealed_copy.cpp does for the commands that a container may see,
// before the C library has set itself up. That takes it a quarter of a millisecond (it asks the processor for
// its caches, which a virtual machine traps), and would be done for nothing here and once more in the sealed
// program. Whatever does not work out is left to sealed_copy.cpp.
//
// No library function, no thread-local variable, no stack protector: none of them works yet.
#include <fcntl.h>
#include <linux/magic.h>
#include <linux/mount.h>
#include <sys/statfs.h>
#include <sys/syscall.h>

namespace {

#if defined(__x86_64__)
long rawCall(long number, long a = 0, long b = 0, long c = 0, long d = 0, long e = 0) {
    register long r10 asm("r10") = d;
    register long r8 asm("r8") = e;
    long result;
    asm volatile("syscall"
                 : "=a"(result)
                 : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8)
                 : "rcx", "r11", "memory");
    return result;
}
asm(R"(
    .globl escaleEntry
    .type escaleEntry, @function
escaleEntry:
    xor %ebp, %ebp
    mov %rsp, %rbx
    mov %rdx, %r12
    mov %rsp, %rdi
    and $-16, %rsp
    call escaleEarlyCopy
    mov %rbx, %rsp
    mov %r12, %rdx
    jmp _start
)");
#elif defined(__aarch64__)
long rawCall(long number, long a = 0, long b = 0, long c = 0, long d = 0, long e = 0) {
    register long x8 asm("x8") = number;
    register long x0 asm("x0") = a;
    register long x1 asm("x1") = b;
    register long x2 asm("x2") = c;
    register long x3 asm("x3") = d;
    register long x4 asm("x4") = e;
    asm volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4) : "memory");
    return x0;
}
asm(R"(
    .globl escaleEntry
    .type escaleEntry, %function
escaleEntry:
    mov x29, #0
    mov x30, #0
    mov x19, x0
    mov x0, sp
    bl escaleEarlyCopy
    mov x0, x19
    mov x30, #0
    b _start
)");
#endif

long address(const void* pointer) {
    return reinterpret_cast<long>(pointer);
}

bool equal(const char* one, const char* other) {
    while (*one != '\0' && *one == *other) {
        ++one;
        ++other;
    }
    return *one == *other;
}

bool beginsWith(const char* text, const char* begin) {
    while (*begin != '\0' && *text == *begin) {
        ++text;
        ++begin;
    }
    return *begin == '\0';
}

// One word more than needed (a bundle called "run") costs a start, one less nothing but time.
bool entersContainer(char** arguments) {
    for (; *arguments != nullptr; ++arguments) {
        if (equal(*arguments, "run") || equal(*arguments, "create") || equal(*arguments, "exec") ||
            equal(*arguments, "monitor"))
            return true;
    }
    return false;
}

constexpr const char* kProgram = "/proc/self/exe";
constexpr const char* kOrigin = "ESCALE_RUNTIME_ORIGIN=";
constexpr long kLongestPath = 4096;
constexpr long kMostVariables = 2000;

// The path behind "ESCALE_RUNTIME_ORIGIN="; false for a program on a detached mount, whose path is "/".
bool readOrigin(char* variable) {
    long size = 0;
    for (; kOrigin[size] != '\0'; ++size)
        variable[size] = kOrigin[size];
    const long got =
        rawCall(SYS_readlinkat, AT_FDCWD, address(kProgram), address(variable + size), kLongestPath - 1);
    if (got < 2)
        return false;
    variable[size + got] = '\0';
    return true;
}

long readonlyMount() {
    const long mount =
        rawCall(SYS_open_tree, AT_FDCWD, address(kProgram), OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);
    if (mount < 0)
        return mount;
    mount_attr attributes;
    attributes.attr_set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;
    attributes.attr_clr = 0;
    attributes.propagation = 0;
    attributes.userns_fd = 0;
    const long result = rawCall(SYS_mount_setattr, mount, address(""), AT_EMPTY_PATH, address(&attributes),
                                sizeof attributes);
    if (result >= 0)
        return mount;
    rawCall(SYS_close, mount);
    return result;
}

} // namespace

// `stack` as the kernel fills it: argc, the arguments, null, the environment, null.
extern "C" [[gnu::used]] void escaleEarlyCopy(long* stack) {
    char** arguments = reinterpret_cast<char**>(stack + 1);
    char** environment = arguments + stack[0] + 1;
    if (stack[0] < 2 || !entersContainer(arguments + 1))
        return;
    char* variables[kMostVariables + 2];
    char origin[kLongestPath + 32];
    long count = 0;
    for (; environment[count] != nullptr; ++count) {
        if (count == kMostVariables || beginsWith(environment[count], kOrigin))
            return;
        variables[count] = environment[count];
    }
    variables[count] = origin;
    variables[count + 1] = nullptr;
    if (!readOrigin(origin))
        return;
    const long mount = readonlyMount();
    if (mount < 0)
        return;
    rawCall(SYS_execveat, mount, address(""), address(arguments), address(variables), AT_EMPTY_PATH);
    rawCall(SYS_close, mount);
}
