// A row of the containers' tree: a container, or a stack with its containers below. Plain values; the model
// keeps them in order.
#pragma once

#include "gui/containers/published_port.h"
#include "helper/dbus/types.h"

#include <QCollator>
#include <QList>

#include <memory>
#include <optional>
#include <vector>

namespace escale::gui {

/// What a container used at a time: a difference of two readings, so there is none for the first.
struct UsageSample {
    double cpuPercent = 0; // of one processor
};

/// The last readings of one quantity, oldest first.
class SampleHistory {
public:
    static constexpr qsizetype kLength = 60;
    void append(float value) {
        if (m_values.size() == kLength)
            m_values.removeFirst(); // constant time: QList moves its beginning
        m_values.append(value);
    }
    void clear() { m_values.clear(); }
    [[nodiscard]] const QList<float>& values() const { return m_values; }

private:
    QList<float> m_values;
};

struct ContainerNode {
    ContainerNode* parent = nullptr; // the stack, or the root
    int row = 0;                     // among its siblings
    QString stack;                   // a stack's name; empty in a container's row
    std::optional<QCollatorSortKey> nameKey;
    SampleHistory cpu, memory; // percent of one processor; bytes

    // A container's row.
    dbus::Container container;
    QString debugs; // name of the container whose debug terminal it is (debug_terminal.h)
    QList<PublishedPort> ports;
    std::optional<dbus::ContainerStats> reading;
    std::optional<UsageSample> usage;

    // A stack's row, and the root.
    std::vector<std::unique_ptr<ContainerNode>> children;
    int total = 0, running = 0, unhealthy = 0, failed = 0; // of the children; debug terminals do not count
    qint64 started = 0;                                    // the first of those that run
    std::optional<double> cpuSum;
    std::optional<quint64> memorySum;

    [[nodiscard]] bool isStack() const { return !stack.isEmpty(); }
    [[nodiscard]] bool isDebug() const { return !debugs.isEmpty(); }
    [[nodiscard]] const QString& name() const { return isStack() ? stack : container.name; }
    /// Counts and sums of the children again. True when what is shown of them has changed, figures apart.
    bool summarize();
    /// Takes a reading: usage is the difference to the one before.
    void read(const dbus::ContainerStats& now);
    void forgetUsage();
};

/// Below zero, zero or above it, in the raw order of a column (ContainersModel::Column), ascending.
int compareNodes(const ContainerNode& a, const ContainerNode& b, int column);

} // namespace escale::gui
