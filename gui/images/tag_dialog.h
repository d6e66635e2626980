// Gives an image one more name.
#pragma once

#include "gui/common/action_dialog.h"
#include "helper/dbus/types.h"

class QLabel;
class QLineEdit;

namespace escale::gui {

class EngineClient;

class TagDialog : public ActionDialog {
    Q_OBJECT
public:
    /// `images`: all there are, to say when a name moves.
    TagDialog(EngineClient& client, const dbus::Image& image, dbus::ImageList images, QWidget* parent);

protected:
    [[nodiscard]] QString problem() const override;
    void submit() override;

private:
    void tell();

    EngineClient& m_client;
    dbus::Image m_image;
    dbus::ImageList m_images;
    QLineEdit* m_name;
    QLabel* m_note;
};

/// Why the text cannot be an image's name (without a digest); empty: it can.
QString imageNameProblem(const QString& text);
/// The name in full, as Images.List has it: "docker.io/library/debian" and "12". For what has no problem.
std::pair<QString, QString> fullImageName(const QString& text);

} // namespace escale::gui
