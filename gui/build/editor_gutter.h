// The strip beside the editor's text: line numbers, findings, a build's steps. Draws what the text says.
#pragma once

#include <QWidget>

namespace escale::gui {

class DockerfileText;

class EditorGutter : public QWidget {
    Q_OBJECT
public:
    explicit EditorGutter(DockerfileText* text);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    DockerfileText* m_text;
};

} // namespace escale::gui
