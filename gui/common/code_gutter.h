// The strip beside the editor's text: line numbers and marks. Draws what the text says.
#pragma once

#include <QWidget>

namespace escale::gui {

class CodeText;

class CodeGutter : public QWidget {
    Q_OBJECT
public:
    explicit CodeGutter(CodeText* text);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    CodeText* m_text;
};

} // namespace escale::gui
