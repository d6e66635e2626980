#include "engine/runtime/monitor/program_pages.h"

#include <cstdint>
#include <elf.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <unistd.h>

namespace escale {

void releaseProgramPages() {
    const auto* headers = reinterpret_cast<const Elf64_Phdr*>(::getauxval(AT_PHDR));
    const auto count = ::getauxval(AT_PHNUM);
    const auto pageSize = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    std::uintptr_t bias = 0; // where a position-independent program was loaded
    for (std::size_t i = 0; headers != nullptr && i < count; ++i) {
        if (headers[i].p_type == PT_PHDR)
            bias = reinterpret_cast<std::uintptr_t>(headers) - headers[i].p_vaddr;
    }
    for (std::size_t i = 0; headers != nullptr && i < count; ++i) {
        const auto& header = headers[i];
        if (header.p_type != PT_LOAD || (header.p_flags & PF_W) != 0)
            continue;
        const auto start = (bias + header.p_vaddr) & ~(pageSize - 1);
        // A refusal costs memory and nothing else.
        ::madvise(reinterpret_cast<void*>(start), bias + header.p_vaddr + header.p_memsz - start,
                  MADV_DONTNEED);
    }
}

} // namespace escale
