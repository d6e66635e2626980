#pragma once

#include <istream>
#include <map>
#include <string>
#include <vector>

struct Count {
    std::string word;
    long times = 0;
};

std::map<std::string, long> countWords(std::istream& text);

/// The most frequent first, at most `most` of them.
std::vector<Count> topWords(const std::map<std::string, long>& words, std::size_t most);
