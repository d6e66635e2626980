#include "tests/runtime/exchanger.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>

#include <QtGlobal>

namespace escale::test {

Exchanger::Exchanger(std::string one, std::string other)
    : m_thread([this, one = std::move(one), other = std::move(other)] {
        while (!m_stop || m_count % 2 != 0) {
            if (::renameat2(AT_FDCWD, one.c_str(), AT_FDCWD, other.c_str(), RENAME_EXCHANGE) != 0)
                qFatal("cannot exchange %s: %s", one.c_str(), std::strerror(errno));
            ++m_count;
        }
    }) {}

void Exchanger::stop() {
    m_stop = true;
    if (m_thread.joinable())
        m_thread.join();
}

Exchanger::~Exchanger() {
    stop();
}

} // namespace escale::test
