// The values of BuildOperations as fields of a parcel: each is described once, for writing and for reading.
// What is read is checked: lengths against what is there, numbers against their types, texts for NUL bytes.
#pragma once

#include "engine/build/builder.h"

#include <concepts>
#include <cstring>
#include <type_traits>

namespace escale::worker {

class FieldWriter {
public:
    template <class... Values>
    void operator()(const Values&... values) {
        (write(values), ...);
    }
    void bytes(const std::string& value) { write(value); }
    template <class Enum>
    void choice(const Enum& value, Enum /*last*/) {
        write(static_cast<std::uint64_t>(value));
    }
    std::string take() { return std::move(m_bytes); }

private:
    void write(const std::string& text) {
        write(text.size());
        m_bytes += text;
    }
    template <std::integral Number>
    void write(const Number& number) {
        const auto value = static_cast<std::uint64_t>(number);
        const std::size_t end = m_bytes.size();
        m_bytes.resize(end + sizeof value);
        std::memcpy(m_bytes.data() + end, &value, sizeof value);
    }
    template <class Value>
    void write(const std::optional<Value>& value) {
        write(value.has_value());
        if (value)
            write(*value);
    }
    template <class First, class Second>
    void write(const std::pair<First, Second>& pair) {
        write(pair.first);
        write(pair.second);
    }
    template <class List>
    requires requires(const List& list) { list.begin(); }
    void write(const List& list) {
        write(list.size());
        for (const auto& each : list)
            write(each);
    }
    template <class Struct>
    requires std::is_class_v<Struct> &&
        (!requires(const Struct& value) { value.begin(); }) void write(const Struct& value) {
        fields(*this, value);
    }
    std::string m_bytes;
};

class FieldReader {
public:
    explicit FieldReader(std::string_view bytes)
        : m_rest(bytes) {}
    template <class... Values>
    void operator()(Values&... values) {
        (read(values), ...);
    }
    void bytes(std::string& value) {
        const std::uint64_t size = number();
        if (size > m_rest.size()) {
            m_isGood = false;
            return;
        }
        value = m_rest.substr(0, size);
        m_rest.remove_prefix(size);
    }
    template <class Enum>
    void choice(Enum& value, Enum last) {
        const std::uint64_t read = number();
        m_isGood = m_isGood && read <= static_cast<std::uint64_t>(last);
        value = m_isGood ? static_cast<Enum>(read) : last;
    }
    /// Untrusted: something was wrong, or is left over.
    [[nodiscard]] Result<void> end() const {
        if (!m_isGood || !m_rest.empty())
            return fail(ErrorCode::Untrusted, "malformed message of a build: its fields");
        return {};
    }

private:
    static constexpr std::uint64_t kMostElements = 65536;

    std::uint64_t number() {
        std::uint64_t value = 0;
        m_isGood = m_isGood && m_rest.size() >= sizeof value;
        if (!m_isGood)
            return 0;
        std::memcpy(&value, m_rest.data(), sizeof value);
        m_rest.remove_prefix(sizeof value);
        return value;
    }
    /// Of elements that have eight bytes at least.
    std::uint64_t count() {
        const std::uint64_t value = number();
        m_isGood = m_isGood && value <= kMostElements && value <= m_rest.size() / 8;
        return m_isGood ? value : 0;
    }
    void read(std::string& text) {
        bytes(text);
        m_isGood = m_isGood && text.find('\0') == std::string::npos;
    }
    template <std::integral Number>
    void read(Number& into) {
        const std::uint64_t value = number();
        into = static_cast<Number>(value);
        m_isGood = m_isGood && static_cast<std::uint64_t>(into) == value;
    }
    template <class Value>
    void read(std::optional<Value>& value) {
        bool isThere = false;
        read(isThere);
        value.reset();
        if (isThere)
            read(value.emplace());
    }
    template <class Value>
    void read(std::vector<Value>& values) {
        values.clear();
        for (std::uint64_t left = count(); left > 0 && m_isGood; --left)
            read(values.emplace_back());
    }
    void read(std::set<std::string>& values) {
        std::vector<std::string> list;
        read(list);
        values = {list.begin(), list.end()};
    }
    void read(std::map<std::string, std::string>& values) {
        values.clear();
        for (std::uint64_t left = count(); left > 0 && m_isGood; --left) {
            std::string name;
            read(name);
            read(values[name]);
        }
    }
    template <class Struct>
    requires std::is_class_v<Struct>
    void read(Struct& value) { fields(*this, value); }
    std::string_view m_rest;
    bool m_isGood = true;
};

template <class... Values>
std::string packFields(const Values&... values) {
    FieldWriter writer;
    writer(values...);
    return writer.take();
}
template <class... Values>
Result<void> readFields(std::string_view bytes, Values&... values) {
    FieldReader reader(bytes);
    reader(values...);
    return reader.end();
}

/// Whether it is good, then the value, or the error with its causes in its message.
template <class Value>
std::string packResult(const Result<Value>& result) {
    if (result)
        return packFields(true, *result);
    std::string message = result.error().message;
    for (const auto& cause : result.error().causes)
        message += "; " + cause;
    return packFields(false, std::string(errorName(result.error().code)), message, result.error().hint);
}
/// Untrusted: the fields are malformed; else `into` is what was packed.
template <class Value>
Result<void> readResult(std::string_view bytes, Result<Value>& into) {
    FieldReader reader(bytes);
    bool isGood = false;
    reader(isGood);
    if (isGood) {
        into = Value();
        reader(*into);
        return reader.end();
    }
    Error error;
    std::string code;
    reader(code, error.message, error.hint);
    TRY(reader.end());
    error.code = errorCodeFromString(code);
    into = fail(std::move(error));
    return {};
}

} // namespace escale::worker

// Beside the values, where the two classes find them.
namespace escale {

template <class Type, class Value>
concept SameButConst = std::same_as<std::remove_const_t<Type>, Value>;

template <class Fields>
void fields(Fields& of, SameButConst<NameValue> auto& value) {
    of(value.name, value.value);
}
template <class Fields>
void fields(Fields& of, SameButConst<ResolvedImage> auto& value) {
    of(value.root, value.name);
    of.bytes(value.config);
    of(value.layers);
}
template <class Fields>
void fields(Fields& of, SameButConst<InlineFile> auto& value) {
    of(value.name);
    of.bytes(value.content);
    of(value.mode);
}
template <class Fields>
void fields(Fields& of, SameButConst<SourceFolder> auto& value) {
    of(value.isContext, value.root);
}
template <class Fields>
void fields(Fields& of, SameButConst<CopyRequest> auto& value) {
    of(value.from, value.patterns, value.files, value.addresses, value.target, value.owner, value.mode,
       value.excludes, value.checksum, value.keepsParents, value.unpacks, value.unpacksFetched,
       value.keepsGitFolder, value.latestTime);
}
template <class Fields>
void fields(Fields& of, SameButConst<FolderRequest> auto& value) {
    of(value.path, value.owner, value.latestTime);
}
template <class Fields>
void fields(Fields& of, SameButConst<RunMount> auto& value) {
    of.choice(value.kind, RunMount::Kind::Ssh);
    of(value.from, value.source, value.target, value.id, value.readOnly);
    of.choice(value.sharing, RunMount::Sharing::Locked);
    of(value.isRequired, value.size, value.environment, value.mode, value.user, value.group);
}
template <class Fields>
void fields(Fields& of, SameButConst<StepMount> auto& value) {
    of(value.mount, value.from, value.isEmpty);
}
template <class Fields>
void fields(Fields& of, SameButConst<RunRequest> auto& value) {
    of(value.words, value.environment, value.workingDirectory, value.user, value.mounts, value.files,
       value.network, value.isInsecure, value.latestTime);
}
template <class Fields>
void fields(Fields& of, SameButConst<StepResult> auto& value) {
    of(value.root, value.layer, value.size);
}
template <class Fields>
void fields(Fields& of, SameButConst<RunOutcome> auto& value) {
    of(value.exitCode, value.result);
}
template <class Fields>
void fields(Fields& of, SameButConst<HistoryLine> auto& value) {
    of(value.created, value.createdBy, value.author, value.comment, value.isEmpty);
}
template <class Fields>
void fields(Fields& of, SameButConst<CommandLine> auto& value) {
    of(value.isShell, value.words);
}
template <class Fields>
void fields(Fields& of, SameButConst<HealthInstruction> auto& value) {
    of(value.isNone, value.command, value.interval, value.timeout, value.startPeriod, value.startInterval,
       value.retries);
}
template <class Fields>
void fields(Fields& of, SameButConst<StageConfig> auto& value) {
    of(value.environment, value.user, value.workingDirectory, value.entrypoint, value.command, value.shell,
       value.exposedPorts, value.volumes, value.labels, value.stopSignal, value.health, value.onBuild,
       value.author);
}
template <class Fields>
void fields(Fields& of, SameButConst<BuiltImage> auto& value) {
    of(value.root, value.config, value.architecture, value.os, value.variant, value.created, value.history);
}
template <class Fields>
void fields(Fields& of, SameButConst<CommittedImage> auto& value) {
    of(value.digest, value.names, value.size);
}
template <class Fields>
void fields(Fields& of, SameButConst<BuildRequest> auto& value) {
    of(value.target, value.arguments, value.buildPlatform, value.targetPlatform);
}
/// Its text goes as a file.
template <class Fields>
void fields(Fields& of, SameButConst<BuilderRequest> auto& value) {
    of(value.name, value.build, value.labels, value.network, value.extraHosts, value.allowed, value.secrets,
       value.agents, value.usesCache, value.stagesWithoutCache);
}
template <class Fields>
void fields(Fields& of, SameButConst<BuilderResult> auto& value) {
    of(value.image, value.steps, value.cached, value.warnings);
}

} // namespace escale
