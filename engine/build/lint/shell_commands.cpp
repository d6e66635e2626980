#include "engine/build/lint/shell_commands.h"

#include <algorithm>

namespace escale {
namespace {

bool isSystemFolder(std::string_view folder) {
    return WordList({"/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin"}).holds(folder);
}

bool isLongFlag(std::string_view word, std::string_view flag) {
    return word.size() >= flag.size() + 2 && word.substr(0, 2) == "--" &&
           word.substr(2, flag.size()) == flag &&
           (word.size() == flag.size() + 2 || word[flag.size() + 2] == '=');
}

bool isShortFlag(std::string_view word) {
    return word.size() > 1 && word[0] == '-' && word[1] != '-';
}

bool isFlag(std::string_view word, std::string_view flag) {
    if (isLongFlag(word, flag))
        return true;
    return isShortFlag(word) && flag.size() == 1 && word.find(flag, 1) != std::string_view::npos;
}

// The exec form: its words as they are; all have the place of the array.
ShellScript execScript(const Instruction& instruction, std::size_t first) {
    ShellScript script;
    script.isForm = true;
    ShellCommand command;
    for (std::size_t i = first; i < instruction.words.size(); ++i)
        command.words.push_back({instruction.words[i].text, instruction.words[i].range, 0, 0});
    if (command.words.empty())
        return script;
    command.range = command.words.front().range;
    script.commands.push_back(std::move(command));
    return script;
}

} // namespace

bool WordList::holds(std::string_view text) const {
    return std::find(begin(), end(), text) != end();
}

std::string_view ShellCommand::name() const {
    if (words.empty())
        return {};
    std::string_view name = words.front().text;
    const auto slash = name.rfind('/');
    if (slash != std::string_view::npos && isSystemFolder(name.substr(0, slash)))
        name.remove_prefix(slash + 1);
    return name;
}

bool ShellCommand::is(WordList names) const {
    return names.holds(name());
}

const ShellWord* ShellCommand::findArgument(WordList texts) const {
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (texts.holds(words[i].text))
            return &words[i];
    }
    return nullptr;
}

bool ShellCommand::hasArgument(WordList texts) const {
    return findArgument(texts) != nullptr;
}

int ShellCommand::countFlag(std::string_view flag) const {
    int count = 0;
    for (std::size_t i = 1; i < words.size(); ++i) {
        const std::string& word = words[i].text;
        if (isLongFlag(word, flag))
            ++count;
        else if (isShortFlag(word) && flag.size() == 1)
            count += static_cast<int>(std::count(word.begin() + 1, word.end(), flag.front()));
    }
    return count;
}

bool ShellCommand::hasFlag(WordList flags) const {
    return std::any_of(flags.begin(), flags.end(), [this](auto flag) { return countFlag(flag) > 0; });
}

std::string ShellCommand::flagValue(WordList flags) const {
    for (std::size_t i = 1; i < words.size(); ++i) {
        const std::string& word = words[i].text;
        for (const auto flag : flags) {
            if (!isFlag(word, flag))
                continue;
            if (const auto equals = word.find('='); equals != std::string::npos)
                return word.substr(equals + 1);
            if (isShortFlag(word) && word.find(flag) + 1 < word.size())
                return word.substr(word.find(flag) + 1);
            return i + 1 < words.size() ? words[i + 1].text : std::string();
        }
    }
    return {};
}

std::vector<const ShellWord*>
ShellCommand::plainArguments(const std::vector<std::string_view>& flagsWithValue) const {
    std::vector<const ShellWord*> plain;
    bool flagsEnded = false;
    for (std::size_t i = 1; i < words.size(); ++i) {
        const std::string& word = words[i].text;
        if (flagsEnded || word.size() < 2 || word.front() != '-') {
            plain.push_back(&words[i]);
            continue;
        }
        flagsEnded = word == "--";
        const bool takesNext = word.find('=') == std::string::npos &&
                               std::any_of(flagsWithValue.begin(), flagsWithValue.end(), [&](auto flag) {
                                   return isLongFlag(word, flag) ||
                                          (isShortFlag(word) && flag.size() == 1 && word.back() == flag[0]);
                               });
        if (takesNext)
            ++i;
    }
    return plain;
}

LogicalLine documentText(const HereDocument& document) {
    LogicalLine line;
    SourceReader reader(document.content);
    while (!reader.atEnd()) {
        std::string_view text = reader.next();
        int column = 1;
        while (document.dropsTabs && !text.empty() && text.front() == '\t') {
            text.remove_prefix(1);
            ++column;
        }
        line.append(text, {document.firstLine + reader.line() - 1, column});
    }
    return line;
}

const HereDocument* scriptDocument(const Instruction& instruction) {
    if (instruction.keyword != Keyword::Run || instruction.isJson || instruction.documents.size() != 1)
        return nullptr;
    const std::string_view text = trimmed(instruction.text);
    // "<<EOF" alone.
    if (text.substr(0, 2) != "<<" || text.find_first_of(" \t;&|()", 2) != std::string_view::npos)
        return nullptr;
    return &instruction.documents.front();
}

ShellScript readShell(const Instruction& instruction) {
    const std::size_t first = instruction.keyword == Keyword::Healthcheck ? 1 : 0;
    if (instruction.isJson)
        return execScript(instruction, first);
    if (const HereDocument* document = scriptDocument(instruction)) {
        const bool isProgram =
            document->content.substr(0, 2) == "#!" &&
            document->content.substr(0, document->content.find('\n')).find("sh") == std::string::npos;
        return isProgram ? ShellScript() : readShell(documentText(*document));
    }
    if (first == 0)
        return readShell(instruction.textPlaces);
    // Behind "CMD".
    const auto begin = instruction.text.find_first_of(" \t");
    return begin == std::string::npos ? ShellScript() : readShell(instruction.textPlaces.from(begin));
}

} // namespace escale
