// docker run's options: one table of their names on the bus and on the command line, their types, and their
// rules, which are the engine's (engine/container/container_options.h), said in the person's language before
// anything is sent. Pure.
#pragma once

#include "engine/base/result.h"

#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>
#include <QVariantMap>

#include <cstdint>
#include <optional>

namespace escale::gui {

constexpr qlonglong kDefaultMemory = 512LL << 20; // the engine's, when no limit is given

using TextMap = QMap<QString, QString>;

struct DockerOption {
    enum class Form : std::uint8_t {
        Text,
        List,     // as; the flag once for each
        Map,      // a{ss}: "name=value"; tmpfs: "path:options"
        Flag,     // b
        Size,     // t, "512m"
        SwapSize, // x, "-1" or a size
        Time,     // t in milliseconds, "1m30s"
        UInt,     // u
        ULong,    // t
        Long,     // x
        Int,      // i
        UShort,   // q
        Decimal,  // d
        Words     // as from one shell-quoted text: entrypoint, health-command
    };
    using Rule = QString (*)(const QString& text); // what is wrong with one value; empty: nothing

    const char* key;
    const char* flag; // without dashes; "": written in another option (restart-max, --security-opt)
    char letter;
    Form form;
    Rule rule = nullptr;
    double least = 0, most = 9e18; // of numbers; 0 is always right where it means "not set"
    bool zero = true;
};

const QList<DockerOption>& dockerOptions();
const DockerOption* dockerOption(const QString& key);

/// The value as the bus takes it, of the texts of the command line (one, but for lists and maps).
/// InvalidArgument says what is wrong, without the option's name.
Result<QVariant> optionValue(const DockerOption& option, const QStringList& texts);
/// The inverse.
QStringList optionTexts(const DockerOption& option, const QVariant& value);

struct OptionProblem {
    QString key, message;
};
/// What does not go together.
QList<OptionProblem> optionConflicts(const QVariantMap& options);

// "512m", "1.5g" → bytes; and the shortest exact text of them.
std::optional<quint64> parseSizeText(const QString& text);
QString sizeText(quint64 bytes);
/// Go's durations, "1m30s", "500ms" → milliseconds.
std::optional<quint64> parseTimeText(const QString& text);
QString timeText(quint64 milliseconds);

} // namespace escale::gui
