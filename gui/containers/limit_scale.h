// From a slider's place to a limit and back. Memory and processes are told apart by doubling, so their
// sliders are logarithmic; processors are few, so theirs is linear.
#pragma once

#include <QString>
#include <QVariantMap>

namespace escale::gui {

enum class LimitKind { Cpu, Memory, Processes };

class LimitScale {
public:
    /// `most`: what the machine has, in the kind's unit (processors, bytes, processes).
    LimitScale(LimitKind kind, double most);
    /// 0 … steps().
    [[nodiscard]] int steps() const { return m_steps; }
    [[nodiscard]] double least() const { return m_least; }
    [[nodiscard]] double most() const { return m_most; }
    /// Rounded to what a person would choose: tenths of processors, whole MiB, whole processes.
    [[nodiscard]] double value(int step) const;
    /// The nearest step; value(step(value(s))) is value(s).
    [[nodiscard]] int step(double value) const;

private:
    LimitKind m_kind;
    double m_least, m_most;
    int m_steps;
};

/// The processors and the bytes of memory that this machine has.
double machineMost(LimitKind kind);
/// The options of Containers.Update; 0: no limit.
QVariantMap limitOptions(LimitKind kind, double limit);
/// The command that does the same; empty when Docker has none: it cannot lift every limit.
QString limitCommand(LimitKind kind, double limit, const QString& container);

} // namespace escale::gui
