// Explanations as the Learn pane's pages show them: a heading, sentences, small tables, man pages; HTML in
// the palette in force. Words of a container are escaped here.
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace escale::gui {

// Pieces, for sentences with words in them that are set apart. `html` is ready, `text` is escaped here.

/// Nothing when it is empty.
QString htmlParagraph(const QString& html);
/// `level`: as in <h3>.
QString htmlHeading(const QString& text, int level);
QString htmlCode(const QString& text);

class Explanation {
public:
    /// Plain text, all of them.
    Explanation& heading(const QString& text);
    Explanation& sentence(const QString& text);
    Explanation& muted(const QString& text);
    /// Of what follows.
    Explanation& title(const QString& text);
    /// Nothing when there are no rows.
    Explanation& table(const QStringList& columns, const QList<QStringList>& rows);
    Explanation& points(const QStringList& texts);
    /// "Read more: man 7 pid_namespaces, man 2 clone."; pages: "pid_namespaces(7)".
    Explanation& manPages(const QStringList& pages);
    [[nodiscard]] const QString& html() const { return m_html; }

private:
    QString m_html;
};

} // namespace escale::gui
