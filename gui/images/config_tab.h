// What the selected image says of how it runs and, beside it, what is good practice and not followed.
#pragma once

#include "engine/image/image_details.h"
#include "helper/dbus/types.h"

#include <QWidget>

namespace escale::gui {

class Facts;
class FindingsView;

class ConfigTab : public QWidget {
    Q_OBJECT
public:
    explicit ConfigTab(QWidget* parent = nullptr);
    /// What is known at once; null: no image.
    void setImage(const dbus::Image* image);
    void setDetails(const dbus::Image& image, const ImageDetails& details);
    [[nodiscard]] FindingsView& view() { return *m_view; }

private:
    Facts* m_facts;
    FindingsView* m_view;
};

} // namespace escale::gui
