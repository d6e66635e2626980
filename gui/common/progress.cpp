#include "gui/common/progress.h"

#include "gui/client/job.h"
#include "gui/common/buttons.h"
#include "gui/common/format.h"

#include <QCoreApplication>
#include <QProgressBar>

namespace escale::gui {

static constexpr int kScale = 1000;

QProgressBar* progressBar(QWidget* parent) {
    auto* bar = new QProgressBar(parent);
    bar->setTextVisible(false);
    bar->setRange(0, kScale);
    return bar;
}

void showFraction(QProgressBar& bar, double fraction, const char* outcome) {
    if (fraction < 0) {
        bar.setRange(0, 0);
    } else {
        bar.setRange(0, kScale);
        bar.setValue(static_cast<int>(fraction * kScale));
    }
    setLook(&bar, "outcome", QString::fromLatin1(outcome));
}

void showProgress(QProgressBar& bar, const Job& job) {
    if (job.isRunning())
        return showFraction(bar, job.fraction(), "");
    if (job.isDone())
        return showFraction(bar, 1, "done");
    showFraction(bar, std::max(0.0, job.fraction()), job.isCancelled() ? "" : "failed");
}

// Only when it is worth to be told: the rate of the first moments says little.
static QString timeLeft(const dbus::JobStatus& status) {
    if (status.rate == 0 || status.total <= status.done)
        return {};
    const quint64 seconds = (status.total - status.done) / status.rate;
    if (seconds < 3 || seconds > 24 * 3600)
        return {};
    const auto translated = [](const char* text, quint64 n) {
        return QCoreApplication::translate("escale::gui::Progress", text, nullptr, static_cast<int>(n));
    };
    if (seconds < 90)
        return translated(QT_TRANSLATE_N_NOOP("escale::gui::Progress", "%n s left"), seconds);
    if (seconds < 5400)
        return translated(QT_TRANSLATE_N_NOOP("escale::gui::Progress", "%n min left"), (seconds + 30) / 60);
    return translated(QT_TRANSLATE_N_NOOP("escale::gui::Progress", "%n h left"), (seconds + 1800) / 3600);
}

QString jobWords(const Job& job) {
    const auto translated = [](const char* text) {
        return QCoreApplication::translate("escale::gui::Progress", text);
    };
    const dbus::JobStatus& status = job.status();
    if (job.isDone())
        return translated(QT_TRANSLATE_NOOP("escale::gui::Progress", "done"));
    if (job.isCancelled())
        return translated(QT_TRANSLATE_NOOP("escale::gui::Progress", "cancelled"));
    if (!job.isRunning())
        return translated(QT_TRANSLATE_NOOP("escale::gui::Progress", "failed"));
    if (status.total == 0)
        return {};
    QString words = translated(QT_TRANSLATE_NOOP("escale::gui::Progress", "%1 of %2"))
                        .arg(formatBytes(status.done), formatBytes(status.total));
    if (status.rate > 0)
        words += QStringLiteral(" · ") + formatRate(status.rate);
    if (const QString left = timeLeft(status); !left.isEmpty())
        words += QStringLiteral(" · ") + left;
    return words;
}

} // namespace escale::gui
