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
    return words;
}

} // namespace escale::gui
