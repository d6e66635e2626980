#include "gui/build/lint_runner.h"

#include "engine/build/lint/shellcheck.h"
#include "gui/build/build_context.h"
#include "gui/build/lint_edits.h"

#include <QPointer>
#include <QThreadPool>

#include <algorithm>
#include <tuple>

namespace escale::gui {
namespace {

constexpr auto kShellLimit = std::chrono::seconds(10);

bool isBefore(const LintFinding& a, const LintFinding& b) {
    return std::tie(a.range.begin, a.rule) < std::tie(b.range.begin, b.rule);
}

bool isOfShellcheck(const LintFinding& finding) {
    return finding.rule.starts_with("SC");
}

// ShellCheck is asked later: what it said of lines that are as they were, and where they were, holds on.
void keepShellFindings(const LintReport& last, LintReport& report) {
    if (!last.source)
        return;
    for (const LintFinding& finding : last.findings) {
        const int line = finding.range.begin.line;
        if (isOfShellcheck(finding) && last.source->line(line) == report.source->line(line))
            report.findings.push_back(finding);
    }
    std::stable_sort(report.findings.begin(), report.findings.end(), isBefore);
}

} // namespace

LintRunner::LintRunner(QObject* parent)
    : QObject(parent) {
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPause);
    m_shellPause.setSingleShot(true);
    m_shellPause.setInterval(kShellPause);
    connect(&m_pause, &QTimer::timeout, this, &LintRunner::lintNow);
    connect(&m_shellPause, &QTimer::timeout, this, &LintRunner::askShellcheck);
}

void LintRunner::setPlace(const QString& dockerfile, const QString& contextFolder) {
    if (dockerfile == m_dockerfile && contextFolder == m_contextFolder)
        return;
    m_dockerfile = dockerfile;
    m_contextFolder = contextFolder;
    if (m_source) {
        m_reported.reset();
        m_pause.start();
    }
}

void LintRunner::setSource(DockerfileSourcePtr source) {
    m_source = std::move(source);
    ++m_turn;
    m_shellPause.stop();
    m_pause.start();
}

void LintRunner::hurry() {
    if (m_pause.isActive())
        lintNow();
}

void LintRunner::lintNow() {
    m_pause.stop();
    if (!m_source)
        return;
    QThreadPool::globalInstance()->start([self = QPointer(this), turn = ++m_turn, source = m_source,
                                          dockerfile = m_dockerfile, folder = m_contextFolder] {
        LintReport report;
        report.source = source;
        auto settings = findLintSettings(folder, dockerfile);
        if (!settings) {
            report.note = QString::fromStdString(settings.error().message);
            settings = LintSettings();
        }
        report.findings = findingsOf(*source, *settings, readLintContext(folder, dockerfile, source->file()));
        QMetaObject::invokeMethod(
            qApp,
            [self, turn, report = std::move(report)]() mutable {
                if (self == nullptr || turn != self->m_turn)
                    return;
                keepShellFindings(self->m_last, report);
                self->m_reported = report.source;
                self->tell(std::move(report));
                self->m_shellPause.start();
            },
            Qt::QueuedConnection);
    });
}

void LintRunner::askShellcheck() {
    if (!m_source || !isUpToDate() || m_isAsking) {
        if (m_isAsking)
            m_shellPause.start();
        return;
    }
    m_isAsking = true;
    QThreadPool::globalInstance()->start([self = QPointer(this), turn = m_turn, source = m_source,
                                          dockerfile = m_dockerfile, folder = m_contextFolder] {
        const LintSettings settings = findLintSettings(folder, dockerfile).value_or(LintSettings());
        const auto program = findShellcheck();
        auto outcome =
            runShellcheck(source->file(), readBuildFile(source->file()), settings, program, kShellLimit);
        const QString note =
            program ? QString::fromStdString(outcome.note)
                    : tr("ShellCheck is not installed: what RUN gives to the shell is not looked at");
        QMetaObject::invokeMethod(
            qApp,
            [self, turn, note, outcome = std::move(outcome)]() mutable {
                if (self == nullptr)
                    return;
                self->m_isAsking = false;
                if (turn != self->m_turn || !self->isUpToDate())
                    return;
                LintReport report = self->m_last;
                std::erase_if(report.findings, isOfShellcheck);
                report.findings.insert(report.findings.end(), outcome.findings.begin(),
                                       outcome.findings.end());
                std::stable_sort(report.findings.begin(), report.findings.end(), isBefore);
                if (report.note.isEmpty())
                    report.note = note;
                report.isWhole = true;
                self->tell(std::move(report));
            },
            Qt::QueuedConnection);
    });
}

void LintRunner::tell(LintReport report) {
    m_last = std::move(report);
    Q_EMIT reported(m_last);
}

void LintRunner::fixAll(std::function<void(const QString& text)> done) {
    if (!m_source)
        return;
    QThreadPool::globalInstance()->start([self = QPointer(this), source = m_source, done = std::move(done),
                                          dockerfile = m_dockerfile, folder = m_contextFolder] {
        const LintSettings settings = findLintSettings(folder, dockerfile).value_or(LintSettings());
        QString text =
            withAllFixes(source->text(), settings, readLintContext(folder, dockerfile, source->file()));
        QMetaObject::invokeMethod(
            qApp,
            [self, source, done, text = std::move(text)] {
                if (self != nullptr && self->m_source == source)
                    done(text);
            },
            Qt::QueuedConnection);
    });
}

} // namespace escale::gui
