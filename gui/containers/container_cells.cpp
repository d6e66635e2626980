#include "gui/containers/container_cells.h"

#include "gui/common/format.h"
#include "gui/containers/containers_model.h"
#include "gui/containers/state_text.h"

#include <QCoreApplication>
#include <QDateTime>

namespace escale::gui {
namespace {

QString translated(const char* text, int n = -1) {
    return QCoreApplication::translate("escale::gui::ContainerCells", text, nullptr, n);
}

QString stackState(const ContainerNode& stack) {
    QString text = translated(QT_TRANSLATE_NOOP("escale::gui::ContainerCells", "%1 of %2 running"))
                       .arg(QString::number(stack.running), QString::number(stack.total));
    if (stack.unhealthy > 0)
        text +=
            QStringLiteral(" · ") +
            translated(QT_TRANSLATE_N_NOOP("escale::gui::ContainerCells", "%n unhealthy"), stack.unhealthy);
    if (stack.failed > 0)
        text += QStringLiteral(" · ") +
                translated(QT_TRANSLATE_N_NOOP("escale::gui::ContainerCells", "%n failed"), stack.failed);
    return text;
}

QString containerState(const ContainerNode& node) {
    const dbus::Container& c = node.container;
    if (node.isDebug() && isRunning(c))
        return translated(QT_TRANSLATE_NOOP("escale::gui::ContainerCells", "debug terminal of %1"))
            .arg(node.debugs);
    QString text = stateText(c);
    if (const QString health = healthText(c); !health.isEmpty())
        text += QStringLiteral(" · ") + health;
    if (c.restartCount > 0 && isAlive(c))
        text += QStringLiteral(" · ") +
                translated(QT_TRANSLATE_N_NOOP("escale::gui::ContainerCells", "%n restart(s)"),
                           static_cast<int>(c.restartCount));
    return text;
}

QString upTime(qint64 started) {
    return formatUpTime(QDateTime::currentMSecsSinceEpoch() - started);
}

QString stackText(const ContainerNode& stack, int column) {
    switch (column) {
    case ContainersModel::Name:
        return stack.stack;
    case ContainersModel::Image:
        return translated(QT_TRANSLATE_N_NOOP("escale::gui::ContainerCells", "%n container(s)"), stack.total);
    case ContainersModel::State:
        return stackState(stack);
    case ContainersModel::UpTime:
        return stack.started > 0 ? upTime(stack.started) : QString();
    case ContainersModel::Cpu:
        return stack.cpuSum ? formatPercent(*stack.cpuSum) : QString();
    case ContainersModel::Memory:
        return stack.memorySum ? formatMemory(*stack.memorySum) : QString();
    default:
        return {};
    }
}

QString portsText(const ContainerNode& node) {
    QStringList labels;
    for (const PublishedPort& port : node.ports)
        labels.append(port.label());
    return labels.join(QLatin1String("  "));
}

} // namespace

QString formatUpTime(qint64 milliseconds) {
    const qint64 seconds = std::max<qint64>(0, milliseconds / 1000);
    const auto two = [](const char* text, qint64 large, qint64 small) {
        return translated(text).arg(QString::number(large), QString::number(small));
    };
    QString text;
    if (seconds < 60)
        text = translated(QT_TRANSLATE_NOOP("escale::gui::ContainerCells", "%1 s")).arg(seconds);
    else if (seconds < 3600)
        text = translated(QT_TRANSLATE_NOOP("escale::gui::ContainerCells", "%1 min")).arg(seconds / 60);
    else if (seconds < 86400)
        text = two(QT_TRANSLATE_NOOP("escale::gui::ContainerCells", "%1 h %2 min"), seconds / 3600,
                   seconds / 60 % 60);
    else
        text = two(QT_TRANSLATE_NOOP("escale::gui::ContainerCells", "%1 d %2 h"), seconds / 86400,
                   seconds / 3600 % 24);
    return text.replace(QLatin1Char(' '), QChar(QChar::Nbsp));
}

QString cellText(const ContainerNode& node, int column) {
    if (node.isStack())
        return stackText(node, column);
    const dbus::Container& c = node.container;
    switch (column) {
    case ContainersModel::Name:
        return c.name;
    case ContainersModel::Image:
        return c.image;
    case ContainersModel::State:
        return containerState(node);
    case ContainersModel::Ports:
        return portsText(node);
    case ContainersModel::UpTime:
        return isRunning(c) || isPaused(c) ? upTime(c.started) : dash();
    case ContainersModel::Cpu:
        return node.usage ? formatPercent(node.usage->cpuPercent) : dash();
    case ContainersModel::Memory:
        return node.reading ? formatMemory(node.reading->memory) : dash();
    case ContainersModel::Address:
        return c.address.isEmpty() ? dash() : c.address.section(QLatin1Char('/'), 0, 0);
    default:
        return {};
    }
}

static QString timesToolTip(const dbus::Container& c) {
    QStringList lines{translated(QT_TRANSLATE_NOOP("escale::gui::ContainerCells", "Created: %1"))
                          .arg(formatTime(c.created))};
    if (c.started > 0)
        lines.append(translated(QT_TRANSLATE_NOOP("escale::gui::ContainerCells", "Started: %1"))
                         .arg(formatTime(c.started)));
    if (c.finished > 0 && !isAlive(c))
        lines.append(translated(QT_TRANSLATE_NOOP("escale::gui::ContainerCells", "Ended: %1"))
                         .arg(formatTime(c.finished)));
    return lines.join(QLatin1Char('\n'));
}

QString cellToolTip(const ContainerNode& node, int column) {
    if (node.isStack())
        return {};
    const dbus::Container& c = node.container;
    switch (column) {
    case ContainersModel::State: {
        const QString explanation = stateExplanation(c);
        return explanation.isEmpty() ? QString() : cellText(node, column) + QLatin1Char('\n') + explanation;
    }
    case ContainersModel::Ports: {
        QStringList all;
        for (const PublishedPort& port : node.ports)
            all.append(port.reach());
        return all.join(QLatin1String("\n\n"));
    }
    case ContainersModel::UpTime:
        return timesToolTip(c);
    case ContainersModel::Memory:
        if (node.reading && node.reading->memoryLimit > 0)
            return translated(QT_TRANSLATE_NOOP("escale::gui::ContainerCells", "%1 of at most %2"))
                .arg(formatMemory(node.reading->memory), formatMemory(node.reading->memoryLimit));
        return {};
    default:
        return {};
    }
}

QString spokenRow(const ContainerNode& node) {
    if (node.isStack())
        return translated(QT_TRANSLATE_NOOP("escale::gui::ContainerCells", "Stack %1, %2"))
            .arg(node.stack, stackState(node));
    return translated(QT_TRANSLATE_NOOP("escale::gui::ContainerCells", "%1, %2"))
        .arg(node.container.name, containerState(node));
}

} // namespace escale::gui
