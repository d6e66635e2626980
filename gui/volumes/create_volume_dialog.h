// Makes a volume of any kind. The engine judges what is written while it is written, each of its answers
// stands under the field it is about; the same as a docker line stands below. What is on a server can be
// tried before.
#pragma once

#include "gui/client/engine_client.h"
#include "gui/common/action_dialog.h"

#include <QTimer>

#include <memory>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace escale::gui {

class NotedField;

class CreateVolumeDialog : public ActionDialog {
    Q_OBJECT
public:
    CreateVolumeDialog(EngineClient& client, QWidget* parent);
    /// "local", "nfs", "bind", "tmpfs", "device".
    void setKind(const QString& kind);
    /// What would be asked for now.
    [[nodiscard]] QVariantMap options() const;
    [[nodiscard]] QString name() const;

Q_SIGNALS:
    void created(const QString& name);

protected:
    [[nodiscard]] QString problem() const override;
    void submit() override;

private:
    enum Row {
        Name,
        Kind,
        Folder,
        Server,
        Path,
        Version,
        MountOptions,
        Size,
        Mode,
        Type,
        Device,
        DeviceOptions,
        Labels,
        RowCount
    };
    template <class Field>
    Field* addRow(Row row, const QString& title, const char* name, Field* field);
    void buildFields();
    void buildFolder();
    void buildTest();
    void buildLine();
    void showRows();
    void edited();
    void askCheck();
    void take(const dbus::VolumeProblems& problems);
    [[nodiscard]] QString misspelling(Row row) const;
    [[nodiscard]] Row rowOf(const QString& option) const;
    [[nodiscard]] dbus::TextMap driverOptions() const;
    void test();
    void follow(Job* job);
    void showTest(const QString& words, const char* role);
    void showFailure(const Error& error);
    void endTest();
    [[nodiscard]] QString kind() const;
    [[nodiscard]] bool isShown(Row row) const;
    [[nodiscard]] QString text(Row row) const;

    EngineClient& m_client;
    QTimer m_pause; // between two keys
    quint64 m_asked = 0;
    NotedField* m_rows[RowCount] = {};
    QLabel* m_titles[RowCount] = {};
    QComboBox *m_kind, *m_version;
    QWidget* m_testRow = nullptr;
    QPushButton* m_test = nullptr;
    QLabel* m_tested = nullptr;
    QLabel* m_line;
    QVariantMap m_testedOptions;
    std::unique_ptr<QObject> m_testing; // what the test was called for
};

} // namespace escale::gui
