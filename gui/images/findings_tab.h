// How well the layers of the selected image are made: dive's figures, and what could be better.
#pragma once

#include "gui/images/image_reader.h"

#include <QWidget>

class QLabel;

namespace escale::gui {

class FindingsView;

class FindingsTab : public QWidget {
    Q_OBJECT
public:
    explicit FindingsTab(QWidget* parent = nullptr);
    /// Nothing is known (yet): why, in words.
    void clear(const QString& title, const QString& text = {});
    void setContents(const ImageContentsPointer& contents);
    void setFindings(const std::vector<Finding>& findings, bool isWhole);
    [[nodiscard]] FindingsView& view() { return *m_view; }

private:
    QLabel* figure(const QString& name, const QString& words, const QString& explanation);
    QWidget* m_figures;
    QLabel *m_score = nullptr, *m_wasted = nullptr, *m_doubles;
    FindingsView* m_view;
};

} // namespace escale::gui
