#include "gui/common/terminal_screen.h"

#include "gui/common/terminal_keys.h"
#include "gui/common/terminal_reflow.h"
#include "gui/common/vterm_cell.h"

#include <algorithm>

namespace escale::gui {
namespace {

QString lineText(const QList<TerminalCell>& cells) {
    QString text;
    for (const TerminalCell& cell : cells)
        text += cell.text();
    while (text.endsWith(QLatin1Char(' ')))
        text.chop(1);
    return text;
}

VTermModifier modifierOf(Qt::KeyboardModifiers modifiers) {
    int made = VTERM_MOD_NONE;
    if (modifiers.testFlag(Qt::ShiftModifier))
        made |= VTERM_MOD_SHIFT;
    if (modifiers.testFlag(Qt::AltModifier))
        made |= VTERM_MOD_ALT;
    if (modifiers.testFlag(Qt::ControlModifier))
        made |= VTERM_MOD_CTRL;
    return static_cast<VTermModifier>(made);
}

} // namespace

struct TerminalScreen::Terminal {
    explicit Terminal(QSize size)
        : vt(vterm_new(size.height(), size.width()))
        , screen(vterm_obtain_screen(vt))
        , state(vterm_obtain_state(vt)) {}
    ~Terminal() { vterm_free(vt); }
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    VTerm* vt;
    VTermScreen* screen;
    VTermState* state;
    VTermColor foreground{}, background{}; // the default ones
};

// What libvterm tells; it is C, so each is a function with the screen as its last argument.
struct TerminalScreen::Callbacks {
    static TerminalScreen& self(void* user) { return *static_cast<TerminalScreen*>(user); }

    static int damage(VTermRect rect, void* user) {
        Q_EMIT self(user).damaged(
            QRect(QPoint(rect.start_col, rect.start_row), QPoint(rect.end_col - 1, rect.end_row - 1)));
        return 1;
    }
    static int moveCursor(VTermPos now, VTermPos before, int, void* user) {
        self(user).m_cursor = QPoint(now.col, now.row);
        Q_EMIT self(user).cursorMoved(QPoint(before.col, before.row));
        return 1;
    }
    static int setProperty(VTermProp property, VTermValue* value, void* user) {
        TerminalScreen& screen = self(user);
        switch (property) {
        case VTERM_PROP_CURSORVISIBLE:
            screen.m_cursorVisible = value->boolean != 0;
            Q_EMIT screen.cursorMoved(screen.m_cursor);
            break;
        case VTERM_PROP_CURSORSHAPE:
            screen.m_cursorShape = value->number == VTERM_PROP_CURSORSHAPE_UNDERLINE  ? CursorShape::Underline
                                   : value->number == VTERM_PROP_CURSORSHAPE_BAR_LEFT ? CursorShape::Bar
                                                                                      : CursorShape::Block;
            Q_EMIT screen.cursorMoved(screen.m_cursor);
            break;
        case VTERM_PROP_ALTSCREEN:
            screen.m_alternate = value->boolean != 0;
            break;
        case VTERM_PROP_MOUSE:
            screen.m_mouse = value->number;
            break;
        case VTERM_PROP_TITLE:
            screen.m_title = QString::fromUtf8(value->string);
            Q_EMIT screen.titleChanged(screen.m_title);
            break;
        default:
            break;
        }
        return 1;
    }
    static int ring(void* user) {
        Q_EMIT self(user).bell();
        return 1;
    }
    static int pushLine(int columns, const VTermScreenCell* cells, void* user) {
        TerminalScreen& screen = self(user);
        while (columns > 0 && isBlank(cells[columns - 1]))
            --columns;
        QList<TerminalCell> line;
        line.reserve(columns);
        for (int column = 0; column < columns; ++column)
            line.append(cellFrom(cells[column]));
        screen.m_scrollback.push_back(std::move(line));
        ++screen.m_added;
        if (screen.scrollbackLines() > kMostLines) {
            screen.m_scrollback.pop_front();
            ++screen.m_forgotten;
        }
        return 1;
    }
    static int popLine(int columns, VTermScreenCell* cells, void* user) {
        TerminalScreen& screen = self(user);
        if (screen.m_scrollback.empty())
            return 0;
        QList<TerminalCell> line = std::move(screen.m_scrollback.back());
        screen.m_scrollback.pop_back();
        line.resize(columns);
        for (int column = 0; column < columns; ++column)
            cells[column] =
                cellTo(line[column], screen.m_terminal->foreground, screen.m_terminal->background);
        --screen.m_added;
        return 1;
    }
    static void write(const char* bytes, std::size_t size, void* user) {
        self(user).say(QByteArray(bytes, static_cast<qsizetype>(size)));
    }
};

TerminalScreen::TerminalScreen(QSize size, QObject* parent)
    : QObject(parent)
    , m_terminal(std::make_unique<Terminal>(size.expandedTo({1, 1})))
    , m_size(size.expandedTo({1, 1})) {
    static constexpr VTermScreenCallbacks callbacks{
        .damage = &Callbacks::damage,
        .moverect = nullptr, // then what moved is damaged
        .movecursor = &Callbacks::moveCursor,
        .settermprop = &Callbacks::setProperty,
        .bell = &Callbacks::ring,
        .resize = nullptr,
        .sb_pushline = &Callbacks::pushLine,
        .sb_popline = &Callbacks::popLine,
    };
    vterm_set_utf8(m_terminal->vt, 1);
    vterm_output_set_callback(m_terminal->vt, &Callbacks::write, this);
    vterm_state_set_bold_highbright(m_terminal->state, 0);
    vterm_screen_set_callbacks(m_terminal->screen, &callbacks, this);
    vterm_screen_set_damage_merge(m_terminal->screen, VTERM_DAMAGE_SCROLL);
    vterm_screen_enable_altscreen(m_terminal->screen, 1);
    vterm_screen_reset(m_terminal->screen, 1);
    vterm_state_get_default_colors(m_terminal->state, &m_terminal->foreground, &m_terminal->background);
    m_terminal->foreground.type |= VTERM_COLOR_DEFAULT_FG;
    m_terminal->background.type |= VTERM_COLOR_DEFAULT_BG;
}

TerminalScreen::~TerminalScreen() = default;

void TerminalScreen::feed(const QByteArray& bytes) {
    vterm_input_write(m_terminal->vt, bytes.constData(), static_cast<std::size_t>(bytes.size()));
    vterm_screen_flush_damage(m_terminal->screen);
    tellScrolled();
}

void TerminalScreen::apply(QSize size) {
    m_size = size;
    vterm_set_size(m_terminal->vt, size.height(), size.width());
    vterm_screen_flush_damage(m_terminal->screen);
}

void TerminalScreen::resize(QSize size) {
    size = size.expandedTo({1, 1});
    if (size == m_size)
        return;
    if (size.height() != m_size.height())
        apply({m_size.width(), size.height()});
    if (size.width() != m_size.width()) {
        // A program that fills the screen draws it anew by itself.
        if (m_alternate)
            apply(size);
        else
            reflow(size.width());
    }
    tellScrolled();
    Q_EMIT damaged(QRect(QPoint(), m_size));
}

// libvterm cuts lines off: they are written once more into an empty screen. What no longer fits goes to the
// scrollback.
void TerminalScreen::reflow(int columns) {
    QList<QList<TerminalCell>> rows;
    for (int row = 0; row < m_size.height(); ++row)
        rows.append(line(scrollbackLines() + row));
    while (rows.size() > m_cursor.y() + 1 && lineText(rows.last()).isEmpty())
        rows.removeLast();
    const QList<TerminalLine> lines = joinRows(rows, m_cursor);
    apply({columns, m_size.height()});
    const auto write = [this](const QByteArray& bytes) {
        vterm_input_write(m_terminal->vt, bytes.constData(), static_cast<std::size_t>(bytes.size()));
    };
    write("\x1b"
          "7\x1b[0m\x1b[2J\x1b[H"); // the pen is the program's
    QPoint cursor;
    const int before = m_added;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const TerminalLine& line = lines[i];
        if (i > 0)
            write("\r\n");
        if (line.cursor >= 0) {
            write(terminalBytes(line.cells, 0, line.cursor));
            // Behind the text; counted from where the first row was.
            const int beyond = std::max(0, line.cursor - int(line.cells.size()));
            cursor = m_cursor + QPoint(std::min(beyond, columns - 1 - m_cursor.x()), m_added - before);
        }
        write(terminalBytes(line.cells, std::max(line.cursor, 0), line.cells.size()));
    }
    cursor.ry() -= m_added - before;
    write("\x1b"
          "8\x1b[" +
          QByteArray::number(std::max(0, cursor.y()) + 1) + ';' + QByteArray::number(cursor.x() + 1) + 'H');
    vterm_screen_flush_damage(m_terminal->screen);
}

void TerminalScreen::reset() {
    clearScrollback();
    vterm_screen_reset(m_terminal->screen, 1);
    vterm_screen_flush_damage(m_terminal->screen);
    m_title.clear();
    Q_EMIT damaged(QRect(QPoint(), m_size));
}

void TerminalScreen::recover() {
    // Back from the other screen also moves the cursor to where it was left: only when it is the other one.
    if (m_alternate)
        feed("\x1b[?1049l");
    // No reports of mouse and focus, no brackets, the cursor seen, plain text.
    feed("\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1004l\x1b[?2004l\x1b[?25h\x1b[!p\x1b[0m");
    if (m_cursor.x() != 0)
        feed("\r\n");
}

void TerminalScreen::clearScrollback() {
    m_forgotten += scrollbackLines();
    m_scrollback.clear();
    tellScrolled();
}

void TerminalScreen::tellScrolled() {
    if (m_added == 0 && m_forgotten == 0)
        return;
    const int added = std::exchange(m_added, 0);
    const int forgotten = std::exchange(m_forgotten, 0);
    Q_EMIT scrolled(added, forgotten);
}

QList<TerminalCell> TerminalScreen::line(int number) const {
    QList<TerminalCell> cells;
    if (number < 0 || number >= lineCount())
        return cells;
    if (number < scrollbackLines()) {
        cells = m_scrollback[static_cast<std::size_t>(number)];
        cells.resize(m_size.width());
        return cells;
    }
    cells.reserve(m_size.width());
    VTermScreenCell cell{};
    for (int column = 0; column < m_size.width(); ++column) {
        vterm_screen_get_cell(m_terminal->screen, {number - scrollbackLines(), column}, &cell);
        cells.append(cellFrom(cell));
    }
    return cells;
}

QString TerminalScreen::text(int number) const {
    return lineText(line(number));
}

QString TerminalScreen::allText() const {
    QStringList lines;
    for (int number = 0; number < lineCount(); ++number)
        lines.append(text(number));
    while (!lines.isEmpty() && lines.last().isEmpty())
        lines.removeLast();
    return lines.join(QLatin1Char('\n'));
}

bool TerminalScreen::pressKey(int key, Qt::KeyboardModifiers modifiers, const QString& text) {
    const TerminalKey found = terminalKey(key, modifiers);
    if (found.key != VTERM_KEY_NONE) {
        vterm_keyboard_key(m_terminal->vt, found.key, modifierOf(found.modifiers));
        return true;
    }
    // Qt has made a control character of Ctrl and a letter already. (libvterm would write Ctrl+I, J and M in
    // a form that few shells understand.)
    QString typed = text;
    if (modifiers.testFlag(Qt::ControlModifier) && key == Qt::Key_Space)
        typed = QChar(0);
    if (typed.isEmpty())
        return false;
    say((modifiers.testFlag(Qt::AltModifier) ? QByteArray("\x1b") : QByteArray()) + typed.toUtf8());
    return true;
}

void TerminalScreen::type(const QString& text) {
    if (!text.isEmpty())
        say(text.toUtf8());
}

void TerminalScreen::paste(const QString& text) {
    QString cleaned = text;
    cleaned.replace(QLatin1String("\r\n"), QLatin1String("\r"));
    cleaned.replace(QLatin1Char('\n'), QLatin1Char('\r'));
    cleaned.removeIf([](QChar c) {
        return (c < QLatin1Char(' ') && c != QLatin1Char('\r') && c != QLatin1Char('\t')) ||
               (c >= QChar(0x7F) && c < QChar(0xA0));
    });
    if (cleaned.isEmpty())
        return;
    vterm_keyboard_start_paste(m_terminal->vt); // says nothing when the program has not asked for it
    type(cleaned);
    vterm_keyboard_end_paste(m_terminal->vt);
}

void TerminalScreen::pressMouse(int button, bool pressed, QPoint cell, Qt::KeyboardModifiers modifiers) {
    if (!reportsMouse()) // libvterm does not ask
        return;
    vterm_mouse_move(m_terminal->vt, cell.y(), cell.x(), modifierOf(modifiers));
    vterm_mouse_button(m_terminal->vt, button, pressed, modifierOf(modifiers));
}

void TerminalScreen::moveMouse(QPoint cell, Qt::KeyboardModifiers modifiers) {
    if (reportsMouse())
        vterm_mouse_move(m_terminal->vt, cell.y(), cell.x(), modifierOf(modifiers));
}

void TerminalScreen::setFocused(bool focused) {
    if (focused)
        vterm_state_focus_in(m_terminal->state);
    else
        vterm_state_focus_out(m_terminal->state);
}

} // namespace escale::gui
