// What a hostile program in a container does with a terminal that it was given: it tries to make it its own,
// then to type a command into it, which the person's shell would run (TIOCSTI). Linked statically, for a root
// file system without libraries. Exits with 0 when the terminal took it.
#include <sys/ioctl.h>

int main() {
    ::ioctl(0, TIOCSCTTY, 1);
    for (const char* letter = "id\n"; *letter != 0; ++letter) {
        if (::ioctl(0, TIOCSTI, letter) != 0)
            return 1;
    }
    return 0;
}
