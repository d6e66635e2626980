#include "gui/learn/layer_trial.h"

#include "gui/containers/shell_words.h"

namespace escale::gui {

QString trialLine(LayerTrial trial, const QString& path) {
    const QString word = quoteWord(path);
    switch (trial) {
    case LayerTrial::Append:
        return QStringLiteral("echo '# one more line' >> ") + word;
    case LayerTrial::Remove:
        return QStringLiteral("rm -- ") + word;
    case LayerTrial::Create:
        return QStringLiteral("echo hello > ") + word;
    }
    return {};
}

QStringList trialCommand(LayerTrial trial, const QString& path) {
    return {QStringLiteral("/bin/sh"), QStringLiteral("-c"), trialLine(trial, path)};
}

} // namespace escale::gui
