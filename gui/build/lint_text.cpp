#include "gui/build/lint_text.h"

#include "engine/build/lint/pragmas.h"

#include <QCoreApplication>

namespace escale::gui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(LintText)
public:
    static QString severity(LintSeverity severity);
    static QString syntax() { return tr("Syntax"); }
};

QString Words::severity(LintSeverity severity) {
    switch (severity) {
    case LintSeverity::Error:
        return tr("Error");
    case LintSeverity::Warning:
        return tr("Warning");
    case LintSeverity::Info:
        return tr("Advice");
    case LintSeverity::Style:
    case LintSeverity::Ignore:
        break;
    }
    return tr("Style");
}

// The table of rules is the engine's, which holds no Qt: lupdate finds its texts by this context.
QString translated(std::string_view text) {
    const std::string source(text);
    return QCoreApplication::translate("LintRule", source.c_str());
}

// "StageNameCasing" → "stage-name-casing": the name of BuildKit's page.
QString pageName(const std::string& rule) {
    QString name;
    for (const char c : rule) {
        if (c >= 'A' && c <= 'Z' && !name.isEmpty())
            name += u'-';
        name += QChar(QLatin1Char(c)).toLower();
    }
    return name;
}

} // namespace

QString findingMessage(const LintFinding& finding) {
    const LintRule* rule = findLintRule(finding.rule);
    if (rule == nullptr)
        return QString::fromStdString(finding.message);
    const QString text = translated(rule->text);
    QString message;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const int number = text[i] == u'%' && i + 1 < text.size() ? text[i + 1].digitValue() : -1;
        if (number >= 1 && static_cast<std::size_t>(number) <= finding.arguments.size()) {
            message += QString::fromStdString(finding.arguments[static_cast<std::size_t>(number) - 1]);
            ++i;
        } else {
            message += text[i];
        }
    }
    return message;
}

QString findingWhy(const LintFinding& finding) {
    const LintRule* rule = findLintRule(finding.rule);
    return rule == nullptr ? QString::fromStdString(finding.why) : translated(rule->why);
}

QString findingFix(const LintFinding& finding) {
    if (!finding.fix)
        return {};
    return translated(finding.fix->title);
}

QString findingCode(const LintFinding& finding) {
    return finding.rule.empty() ? Words::syntax() : QString::fromStdString(finding.rule);
}

QUrl findingLink(const LintFinding& finding) {
    const QString code = QString::fromStdString(finding.rule);
    if (code.startsWith(QLatin1String("DL")))
        return QUrl(QStringLiteral("https://github.com/hadolint/hadolint/wiki/") + code);
    if (code.startsWith(QLatin1String("SC")))
        return QUrl(QStringLiteral("https://www.shellcheck.net/wiki/") + code);
    if (!code.isEmpty() && lintrules::isBuildCheck(finding.rule))
        return QUrl(QStringLiteral("https://docs.docker.com/reference/build-checks/") +
                    pageName(finding.rule) + QLatin1Char('/'));
    return {};
}

QString lintSeverityText(LintSeverity severity) {
    return Words::severity(severity);
}

Tone lintSeverityTone(LintSeverity severity) {
    switch (severity) {
    case LintSeverity::Error:
        return Tone::Bad;
    case LintSeverity::Warning:
        return Tone::Busy;
    default:
        return Tone::Idle;
    }
}

QString findingTip(const LintFinding& finding) {
    QString tip = QStringLiteral("<p><b>%1</b> · %2</p><p>%3</p>")
                      .arg(lintSeverityText(finding.severity).toHtmlEscaped(),
                           findingCode(finding).toHtmlEscaped(), findingMessage(finding).toHtmlEscaped());
    if (const QString why = findingWhy(finding); !why.isEmpty())
        tip += QStringLiteral("<p>%1</p>").arg(why.toHtmlEscaped());
    if (const QUrl link = findingLink(finding); !link.isEmpty())
        tip += QStringLiteral("<p>%1</p>").arg(link.toDisplayString().toHtmlEscaped());
    return tip;
}

} // namespace escale::gui
