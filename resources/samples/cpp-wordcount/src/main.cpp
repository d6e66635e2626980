#include "words.h"

#include <cstdlib>
#include <cstring>
#include <iostream>

int main(int argc, char** argv) {
    const std::size_t most =
        argc == 3 && std::strcmp(argv[1], "--top") == 0 ? std::strtoul(argv[2], nullptr, 10) : 10;
    for (const Count& count : topWords(countWords(std::cin), most))
        std::cout << count.times << ' ' << count.word << '\n';
}
