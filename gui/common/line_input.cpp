#include "gui/common/line_input.h"

namespace escale::gui {
namespace {

constexpr char kReturn = '\r', kEndOfInput = '\x04', kBackspace = '\x7f', kEscape = '\x1b';

bool continuesCharacter(char c) { // of UTF-8
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

} // namespace

void LineInput::takeBack(Step& step) {
    if (m_line.isEmpty())
        return;
    while (m_line.size() > 1 && continuesCharacter(m_line.back()))
        m_line.chop(1);
    m_line.chop(1);
    step.echo += "\b \b";
}

LineInput::Step LineInput::type(const QByteArray& bytes) {
    Step step;
    if (bytes.startsWith(kEscape)) // arrows and the like: there is no line editor
        return step;
    for (const char c : bytes) {
        if (c == kReturn) {
            step.line += m_line + '\n';
            step.echo += "\r\n";
            m_line.clear();
        } else if (c == kBackspace) {
            takeBack(step);
        } else if (c == kEndOfInput) {
            step.line += m_line;
            step.ended = true;
            m_line.clear();
        } else if (static_cast<unsigned char>(c) >= ' ' || c == '\t') {
            m_line += c;
            step.echo += c;
        }
    }
    return step;
}

QByteArray LineInput::shown(const QByteArray& output) {
    QByteArray made = output;
    return made.replace("\n", "\r\n");
}

} // namespace escale::gui
