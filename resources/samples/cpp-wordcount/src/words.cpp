#include "words.h"

#include <algorithm>
#include <cctype>

std::map<std::string, long> countWords(std::istream& text) {
    std::map<std::string, long> words;
    for (std::string word; text >> word;) {
        std::erase_if(word, [](unsigned char c) { return !std::isalpha(c); });
        std::transform(word.begin(), word.end(), word.begin(),
                       [](unsigned char c) { return std::tolower(c); });
        if (!word.empty())
            ++words[word];
    }
    return words;
}

std::vector<Count> topWords(const std::map<std::string, long>& words, std::size_t most) {
    std::vector<Count> counts;
    for (const auto& [word, times] : words)
        counts.push_back({word, times});
    std::stable_sort(counts.begin(), counts.end(),
                     [](const Count& a, const Count& b) { return a.times > b.times; });
    counts.resize(std::min(counts.size(), most));
    return counts;
}
