// What is searched for in a log: a text or a regular expression.
#pragma once

#include <QList>
#include <QRegularExpression>
#include <QString>
#include <QStringMatcher>

namespace escale::gui {

class LogPattern {
public:
    struct Options {
        bool matchCase = false;
        bool wholeWords = false;
        bool isRegex = false;
        bool operator==(const Options&) const = default;
    };
    struct Match {
        qsizetype begin = 0, size = 0; // UTF-16 units; not empty
        bool operator==(const Match&) const = default;
    };

    LogPattern() = default; // matches nothing
    LogPattern(const QString& text, const Options& options);

    [[nodiscard]] bool isEmpty() const { return m_kind == Kind::None; }
    /// What is wrong with the expression and where, for people; empty when it is right.
    [[nodiscard]] QString error() const { return m_error; }
    /// All matches, without overlap. An expression that takes too long on a text matches nothing more in it.
    [[nodiscard]] QList<Match> matches(const QString& text) const;
    [[nodiscard]] qsizetype count(const QString& text) const;

private:
    enum class Kind { None, Text, Expression };
    template <typename Take>
    void forEach(const QString& text, const Take& take) const;

    Kind m_kind = Kind::None;
    QStringMatcher m_text;
    QRegularExpression m_expression;
    QString m_error;
};

} // namespace escale::gui
