#include "gui/build/compare_dialog.h"

#include "gui/build/build_comparison.h"
#include "gui/build/build_events_reader.h"
#include "gui/build/builds_model.h"
#include "gui/build/step_text.h"
#include "gui/client/engine_client.h"
#include "gui/common/buttons.h"
#include "gui/common/error_banner.h"
#include "gui/common/format.h"
#include "gui/common/table.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <fcntl.h>

namespace escale::gui {

static constexpr QSize kSize(1040, 620);

CompareDialog::CompareDialog(EngineClient& client, const dbus::Build& one, const dbus::Build& other,
                             QWidget* parent)
    : QDialog(parent)
    , m_client(client)
    , m_model(new ComparisonModel(this))
    , m_table(new Table(this))
    , m_error(new ErrorBanner(this)) {
    setObjectName(QStringLiteral("compareDialog"));
    setWindowTitle(tr("Compare two builds"));
    resize(kSize);
    const bool isOlder = one.started <= other.started;
    m_sides[0].build = isOlder ? one : other;
    m_sides[1].build = isOlder ? other : one;
    m_table->setObjectName(QStringLiteral("compareDialog.steps"));
    m_table->setAccessibleName(tr("Steps of both builds"));
    m_table->setSource(m_model, ComparisonModel::Instruction);
    const std::pair<int, int> widths[] = {{ComparisonModel::Change, 90},
                                          {ComparisonModel::Before, 190},
                                          {ComparisonModel::After, 190},
                                          {ComparisonModel::Time, 90},
                                          {ComparisonModel::Size, 100}};
    for (const auto& [column, width] : widths)
        m_table->setColumnWidth(column, width);
    m_table->giveRoomTo(ComparisonModel::Instruction);
    auto* frame = card(this);
    auto* inner = new QVBoxLayout(frame);
    inner->setContentsMargins(1, 1, 1, 1);
    inner->addWidget(m_table);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setIcon({}); // as in all dialogs here
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(12);
    column->addWidget(m_error);
    column->addWidget(buildFigures());
    column->addWidget(frame, 1);
    column->addWidget(buttons);
    for (Side& side : m_sides)
        read(side);
}

QWidget* CompareDialog::buildFigures() {
    auto* figures = new QWidget(this);
    auto* grid = new QGridLayout(figures);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(4);
    const QString columns[] = {tr("Duration"), tr("From the cache"), tr("Size of the image")};
    for (int column = 0; column < 3; ++column)
        grid->addWidget(label(columns[column], "muted", figures), 0, column + 1);
    const QString rows[] = {tr("Before"), tr("After"), tr("Difference")};
    for (int row = 0; row < 3; ++row) {
        QString words = rows[row];
        if (row < 2)
            words +=
                QStringLiteral(": %1, %2")
                    .arg(shownBuildName(m_sides.at(row).build), formatTime(m_sides.at(row).build.started));
        grid->addWidget(label(words, "field", figures), row + 1, 0);
        for (int column = 0; column < 3; ++column) {
            QLabel* figure = label(dash(), "figure", figures);
            figure->setObjectName(QStringLiteral("compareDialog.figure.%1.%2").arg(row).arg(column));
            m_figures.at(static_cast<std::size_t>(row * 3 + column)) = figure;
            grid->addWidget(figure, row + 1, column + 1);
        }
    }
    grid->setColumnStretch(4, 1);
    return figures;
}

void CompareDialog::read(Side& side) {
    side.reader = new BuildEventsReader(this);
    connect(side.reader, &BuildEventsReader::events, this, [&side](const QList<BuildEvent>& events) {
        for (const BuildEvent& event : events) {
            if (event.kind != BuildEvent::Kind::Log) // is not compared
                side.model.apply(event);
        }
    });
    connect(side.reader, &BuildEventsReader::caughtUp, this, [this, &side] {
        side.isRead = true;
        showSteps();
    });
    const QString what = tr("Read the build %1").arg(shownBuildName(side.build));
    connect(side.reader, &BuildEventsReader::failed, this,
            [this, what](const Error& error) { m_error->show(error, what); });
    m_client.openBuildEvents(
        side.build.id, this, [this, &side, what](const Result<QDBusUnixFileDescriptor>& file) {
            if (!file)
                return m_error->show(file.error(), what);
            side.reader->open(UniqueFd(::fcntl(file->fileDescriptor(), F_DUPFD_CLOEXEC, 3)));
        });
}

void CompareDialog::showSteps() {
    if (!m_sides[0].isRead || !m_sides[1].isRead)
        return;
    m_model->setSteps(compareBuilds(m_sides[0].model, m_sides[1].model));
    std::array<qint64, 2> times{}, sizes{};
    for (std::size_t i = 0; i < 2; ++i) {
        const dbus::Build& build = m_sides.at(i).build;
        times.at(i) = buildDuration(build, build.ended);
        sizes.at(i) = static_cast<qint64>(build.size);
        m_figures.at(i * 3)->setText(formatDuration(times.at(i)));
        m_figures.at(i * 3 + 1)->setText(tr("%1 of %2").arg(build.cached).arg(build.steps));
        m_figures.at(i * 3 + 2)->setText(build.size == 0 ? dash() : formatBytes(build.size));
    }
    m_figures[6]->setText(signedDuration(times[1] - times[0]));
    const int cached = static_cast<int>(m_sides[1].build.cached) - static_cast<int>(m_sides[0].build.cached);
    m_figures[7]->setText(cached == 0 ? dash()
                                      : (cached < 0 ? QStringLiteral("−") : QStringLiteral("+")) +
                                            QString::number(std::abs(cached)));
    m_figures[8]->setText(sizes[0] == 0 || sizes[1] == 0 ? dash() : signedBytes(sizes[1] - sizes[0]));
}

} // namespace escale::gui
