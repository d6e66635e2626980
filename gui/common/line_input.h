// What the kernel does for a program on a terminal, for one that reads a pipe: typed characters are shown,
// Backspace takes the last one back, a line is sent when Return is pressed, Ctrl+D ends the input.
#pragma once

#include <QByteArray>

namespace escale::gui {

class LineInput {
public:
    struct Step {
        QByteArray echo; // for the screen
        QByteArray line; // for the program
        bool ended = false;
    };
    Step type(const QByteArray& bytes);
    /// A program without a terminal ends lines with a line feed alone.
    static QByteArray shown(const QByteArray& output);

private:
    void takeBack(Step& step);
    QByteArray m_line;
};

} // namespace escale::gui
