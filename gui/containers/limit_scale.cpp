#include "gui/containers/limit_scale.h"

#include "gui/containers/shell_words.h"

#include <QStringList>

#include <unistd.h>

#include <algorithm>
#include <cmath>

namespace escale::gui {

static constexpr double kMebibyte = 1 << 20;
static constexpr int kLogarithmicSteps = 200;

LimitScale::LimitScale(LimitKind kind, double most)
    : m_kind(kind)
    , m_least(kind == LimitKind::Cpu      ? 0.1
              : kind == LimitKind::Memory ? 16 * kMebibyte
                                          : 5)
    , m_most(std::max(most, m_least * 2))
    , m_steps(kind == LimitKind::Cpu ? static_cast<int>(std::lround((m_most - m_least) * 10))
                                     : kLogarithmicSteps) {}

double LimitScale::value(int step) const {
    if (step >= m_steps)
        return m_most;
    const double share = static_cast<double>(std::max(0, step)) / m_steps;
    if (m_kind == LimitKind::Cpu)
        return std::round((m_least + share * (m_most - m_least)) * 10) / 10;
    const double exact = m_least * std::pow(m_most / m_least, share);
    // Figures of six bits: 512, 520, 528 MiB; 1000, 1016 processes.
    const double unit = m_kind == LimitKind::Memory ? kMebibyte : 1;
    const double grain = unit * std::max(1.0, std::exp2(std::floor(std::log2(exact / unit)) - 6));
    return std::clamp(std::round(exact / grain) * grain, m_least, m_most);
}

int LimitScale::step(double value) const {
    const double held = std::clamp(value, m_least, m_most);
    const double share = m_kind == LimitKind::Cpu ? (held - m_least) / (m_most - m_least)
                                                  : std::log(held / m_least) / std::log(m_most / m_least);
    return static_cast<int>(std::lround(share * m_steps));
}

double machineMost(LimitKind kind) {
    switch (kind) {
    case LimitKind::Cpu:
        return static_cast<double>(std::max(1L, ::sysconf(_SC_NPROCESSORS_ONLN)));
    case LimitKind::Memory: {
        const double bytes =
            static_cast<double>(::sysconf(_SC_PHYS_PAGES)) * static_cast<double>(::sysconf(_SC_PAGESIZE));
        return std::floor(bytes / kMebibyte) * kMebibyte;
    }
    case LimitKind::Processes:
        break;
    }
    return 10'000;
}

QVariantMap limitOptions(LimitKind kind, double limit) {
    switch (kind) {
    case LimitKind::Cpu:
        return {{QStringLiteral("cpus"), limit}};
    case LimitKind::Memory:
        return {{QStringLiteral("memory"), QVariant(static_cast<qulonglong>(limit))}};
    case LimitKind::Processes:
        break;
    }
    return {{QStringLiteral("pids"), QVariant(static_cast<qlonglong>(limit))}};
}

// As Docker writes sizes: "512m".
static QString dockerSize(double bytes) {
    if (std::fmod(bytes, kMebibyte * 1024) == 0)
        return QString::number(bytes / kMebibyte / 1024, 'f', 0) + QLatin1Char('g');
    if (std::fmod(bytes, kMebibyte) == 0)
        return QString::number(bytes / kMebibyte, 'f', 0) + QLatin1Char('m');
    return QString::number(bytes, 'f', 0) + QLatin1Char('b');
}

QString limitCommand(LimitKind kind, double limit, const QString& container) {
    QStringList words{QStringLiteral("docker"), QStringLiteral("update")};
    switch (kind) {
    case LimitKind::Cpu:
        if (limit <= 0)
            return {}; // "--cpus 0" means: as it was
        words << QStringLiteral("--cpus") << QString::number(limit);
        break;
    case LimitKind::Memory:
        if (limit <= 0)
            return {};
        // Docker refuses a limit above the one of memory and swap that was there before.
        words << QStringLiteral("--memory") << dockerSize(limit) << QStringLiteral("--memory-swap")
              << dockerSize(limit * 2);
        break;
    case LimitKind::Processes:
        words << QStringLiteral("--pids-limit") << QString::number(limit > 0 ? limit : -1, 'f', 0);
        break;
    }
    words << container;
    return joinWords(words);
}

} // namespace escale::gui
