// What a container's or a volume's file holds: the beginning of a text, a picture, or what else is known of
// it.
#pragma once

#include "gui/containers/file_reader.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPlainTextEdit;
class QStackedWidget;

namespace escale::gui {

class ElidedLabel;
class EmptyState;

class FilePreview : public QWidget {
    Q_OBJECT
public:
    explicit FilePreview(EngineClient& client, QWidget* parent = nullptr);
    /// Reads it again also when it is the same. A null entry: nothing is selected. One that something is
    /// mounted over is not read: the container sees another.
    void setFile(const FilesPlace& place, const QString& path, const dbus::FileEntry* entry,
                 bool mounted = false);
    void show(const FileContent& content);
    /// What the person sees instead of a text or a picture; empty otherwise.
    [[nodiscard]] QString note() const;
    /// Buttons beside the name.
    void addTool(QWidget* tool);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void read(const FilesPlace& place, const dbus::FileEntry& entry);
    void showNote(const QString& symbol, const QString& title, const QString& text = {});
    void drawImage();

    FileReader m_reader;
    QString m_path;
    QImage m_picture;
    ElidedLabel* m_name;
    QLabel *m_facts, *m_image;
    QPlainTextEdit* m_text;
    EmptyState* m_note;
    QStackedWidget* m_stack;
    QHBoxLayout* m_head;
};

} // namespace escale::gui
