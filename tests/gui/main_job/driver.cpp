#include "tests/gui/main_job/driver.h"

#include "gui/common/error_banner.h"

#include <QApplication>
#include <QDir>
#include <QScreen>
#include <QTest>

#include <algorithm>
#include <cstdio>

namespace escale::test {

using gui::Table;

bool Driver::step(const QString& name, const std::function<Result<void>()>& act) {
    ++m_number;
    QElapsedTimer clock;
    clock.start();
    Result<void> result = act();
    QTest::qWait(120); // the last repaint
    if (!m_shots.isEmpty()) {
        QString file = name;
        const bool saved =
            save(QStringLiteral("%1/%2-%3.png")
                     .arg(m_shots)
                     .arg(m_number, 2, 10, QLatin1Char('0'))
                     .arg(file.remove(QLatin1Char(',')).replace(QLatin1Char(' '), QLatin1Char('-'))));
        if (result && !saved)
            result = fail(ErrorCode::SystemFailure, "the screenshot could not be saved");
    }
    if (result)
        std::printf("step %-34s ok %lld ms\n", qPrintable(name), static_cast<long long>(clock.elapsed()));
    else
        std::printf("step %-34s FAILED after %lld ms: %s\n", qPrintable(name),
                    static_cast<long long>(clock.elapsed()), result.error().text().c_str());
    std::fflush(stdout);
    return result.has_value();
}

bool Driver::save(const QString& file) {
    // With a real screen a dialog above the window belongs to the picture.
    QPixmap picture;
    if (QGuiApplication::platformName() == QLatin1String("xcb"))
        picture =
            m_window.screen()->grabWindow(0, m_window.x(), m_window.y(), m_window.width(), m_window.height());
    if (picture.isNull())
        picture = m_window.grab();
    QDir().mkpath(QFileInfo(file).path());
    const bool saved = picture.save(file);
    if (!saved)
        std::fprintf(stderr, "cannot save %s\n", qPrintable(file));
    return saved;
}

QString Driver::banners() const {
    QStringList texts;
    for (const auto* banner : m_window.findChildren<gui::ErrorBanner*>()) {
        if (banner->isVisible())
            texts.append(banner->message() + QLatin1String(" (") + banner->hint() + QLatin1Char(')'));
    }
    if (m_window.client().state() != gui::EngineClient::State::Ready)
        texts.append(QStringLiteral("engine: ") + QString::fromStdString(m_window.client().problem().text()));
    for (const gui::Job* job : m_window.client().jobs().all()) {
        if (!job->isRunning() && !job->isDone() && !job->isCancelled())
            texts.append(job->title() + QLatin1String(": ") + QString::fromStdString(job->error().text()));
    }
    return texts.join(QLatin1String("; "));
}

Result<void> Driver::waitFor(const std::function<bool()>& condition, const std::string& what,
                             int milliseconds) {
    // An emulated machine is slower than a real one: ESCALE_PATIENCE multiplies every time limit.
    milliseconds *= std::max(1, qEnvironmentVariableIntValue("ESCALE_PATIENCE"));
    if (QTest::qWaitFor(condition, milliseconds))
        return {};
    const std::string said = banners().toStdString();
    return fail(ErrorCode::Timeout, "did not happen within " + std::to_string(milliseconds) + " ms: " + what +
                                        (said.empty() ? std::string() : "; the window says: " + said));
}

Result<void> Driver::click(const QString& name) {
    QWidget* widget = nullptr;
    TRY(waitFor(
        [&] {
            const auto found = find<QWidget>(name);
            widget = found ? *found : nullptr;
            return widget != nullptr && widget->isEnabled();
        },
        "\"" + name.toStdString() + "\" can be clicked"));
    QTest::mouseClick(widget, Qt::LeftButton);
    return {};
}

// In a tree, too: a row below another one is as good.
static QModelIndex findRow(const QAbstractItemModel& model, const QString& text,
                           const QModelIndex& parent = {}) {
    for (int row = 0; row < model.rowCount(parent); ++row) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(parent); ++column)
            cells.append(model.index(row, column, parent).data().toString());
        if (cells.join(QLatin1Char(' ')).contains(text))
            return model.index(row, 0, parent);
        if (const QModelIndex below = findRow(model, text, model.index(row, 0, parent)); below.isValid())
            return below;
    }
    return {};
}

QModelIndex Driver::row(Table& table, const QString& text) const {
    return findRow(*table.model(), text);
}

Result<void> Driver::waitForRow(const QString& name, const QString& text, int milliseconds) {
    return waitFor(
        [&] {
            const auto table = find<Table>(name);
            return table && row(**table, text).isValid();
        },
        "a row \"" + text.toStdString() + "\" in " + name.toStdString(), milliseconds);
}

Result<void> Driver::waitForNoRow(const QString& name, const QString& text, int milliseconds) {
    return waitFor(
        [&] {
            const auto table = find<Table>(name); // hidden by the empty state when its last row is gone
            return !table || !row(**table, text).isValid();
        },
        "no row \"" + text.toStdString() + "\" in " + name.toStdString(), milliseconds);
}

Result<void> Driver::clickRow(const QString& name, const QString& text) {
    TRY(waitForRow(name, text));
    TRY_ASSIGN(Table * table, find<Table>(name));
    const QModelIndex index = row(*table, text);
    table->scrollTo(index);
    QTest::mouseClick(table->viewport(), Qt::LeftButton, Qt::NoModifier, table->visualRect(index).center());
    return waitFor([&] { return table->currentIndex().siblingAtColumn(0) == row(*table, text); },
                   "the row is selected", 2000);
}

QString Driver::cell(const QString& name, const QString& text, int column) {
    const auto table = find<Table>(name);
    if (!table)
        return {};
    const QModelIndex index = row(**table, text);
    return index.isValid() ? index.siblingAtColumn(column).data().toString() : QString();
}

void Driver::key(Qt::Key key, Qt::KeyboardModifiers modifiers) {
    // Without a window manager (Xvfb) a closed dialog leaves no window active, and shortcuts go to the active
    // one.
    if (QApplication::activeWindow() != &m_window) {
        m_window.activateWindow();
        QApplication::setActiveWindow(&m_window);
    }
    QWidget* target = QApplication::focusWidget() != nullptr ? QApplication::focusWidget() : &m_window;
    QTest::keyClick(target, key, modifiers);
}

Result<void> Driver::type(const QString& name, const QString& text) {
    TRY(click(name));
    TRY_ASSIGN(QWidget * widget, find<QWidget>(name));
    QTest::keyClick(widget, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(widget, text);
    return {};
}

} // namespace escale::test
