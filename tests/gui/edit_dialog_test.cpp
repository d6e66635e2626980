#include "gui/common/error_banner.h"
#include "gui/containers/docker_options.h"
#include "gui/containers/edit_dialog.h"
#include "tests/gui/sample.h"
#include "tests/support/test_registry.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>

using namespace escale;
using namespace escale::gui;

namespace {

QString u(const char* text) {
    return QString::fromUtf8(text);
}

ContainerDetails web() {
    ContainerDetails details;
    details.container = test::container(u("1"));
    details.container.name = u("web");
    details.container.command = {u("sleep"), u("9")};
    details.options = {{u("name"), u("web")},
                       {u("memory"), qulonglong(1 << 30)},
                       {u("labels"), QVariant::fromValue(gui::TextMap{{u("a"), u("b")}})}};
    return details;
}

// The dialog with an engine that keeps what it is asked.
struct Edited {
    QList<QVariantMap> updates;
    QStringList names;
    QList<Answer<>> answers;
    EditDialog dialog{web(),
                      {[this](const QVariantMap& options, QObject*, Answer<> answer) {
                           updates.append(options);
                           answers.append(std::move(answer));
                       },
                       [this](const QString& name, QObject*, Answer<> answer) {
                           names.append(name);
                           answers.append(std::move(answer));
                       }}};

    QLineEdit* line(const char* key) { return dialog.findChild<QLineEdit*>(u("runForm.") + u(key)); }
    QPushButton* button(const char* name) {
        return dialog.findChild<QPushButton*>(u("editDialog.") + u(name));
    }
};

} // namespace

class EditDialogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theFieldsAreTheContainers() {
        Edited edited;
        QCOMPARE(edited.line("name")->text(), u("web"));
        QCOMPARE(edited.line("memory")->text(), u("1g"));
        QCOMPARE(edited.line("command")->text(), u("sleep 9"));
        QVERIFY(edited.dialog.changes().isEmpty());
    }

    void aLimitIsChangedAtOnce() {
        Edited edited;
        edited.dialog.show();
        edited.line("memory")->setText(u("2g"));
        QCOMPARE(edited.dialog.findChild<QLineEdit*>(u("editDialog.command"))->text(),
                 u("docker update --memory 2g web"));
        edited.button("accept")->click();
        QCOMPARE(edited.updates.size(), 1);
        QCOMPARE(edited.updates.first(), (QVariantMap{{u("memory"), qulonglong(2) << 30}}));
        edited.answers.takeFirst()({});
        QVERIFY(edited.names.isEmpty());
        QVERIFY(!edited.dialog.isVisible());
    }

    void aRefusedNameKeepsTheDialogAndWhatIsDone() {
        // Given a limit and a name that are changed, when the engine takes the limit but not the name,
        Edited edited;
        edited.dialog.show();
        edited.line("memory")->setText(u("2g"));
        edited.line("name")->setText(u("taken"));
        edited.button("accept")->click();
        edited.answers.takeFirst()({});
        QCOMPARE(edited.names, QStringList(u("taken")));
        edited.answers.takeFirst()(fail(ErrorCode::AlreadyExists, "there is one"));
        // then the dialog stays and says so; the limit is not sent again.
        QVERIFY(edited.dialog.isVisible());
        QVERIFY(edited.dialog.findChild<ErrorBanner*>()->message().contains(u("there is one")));
        QCOMPARE(edited.dialog.changes().size(), 1);
        edited.line("name")->setText(u("free"));
        edited.button("accept")->click();
        QCOMPARE(edited.updates.size(), 1);
        QCOMPARE(edited.names.last(), u("free"));
    }

    void whatCannotBeChangedIsAppliedByRecreating() {
        // Given a user that is changed, which no running container can,
        Edited edited;
        edited.dialog.show();
        edited.line("user")->setText(u("nobody"));
        auto* note = edited.dialog.findChild<QLabel*>(u("editDialog.note"));
        QVERIFY2(note->isVisible() && note->text().contains(u("are lost")), qPrintable(note->text()));
        QVERIFY(edited.button("accept")->text().contains(u("recreating")));
        QVERIFY(
            edited.dialog.findChild<QLineEdit*>(u("editDialog.command"))
                ->text()
                .startsWith(u("docker stop web && docker rename web web-old && docker run -d --name web ")));
        // when it is applied, then a new one is asked for under the same name, and nothing else is.
        QSignalSpy asked(&edited.dialog, &EditDialog::recreateRequested);
        edited.button("accept")->click();
        QCOMPARE(asked.count(), 1);
        const auto request = asked.first().first().value<RunRequest>();
        QCOMPARE(request.options.value(u("user")).toString(), u("nobody"));
        QCOMPARE(request.options.value(u("name")).toString(), u("web"));
        QVERIFY(edited.updates.isEmpty());
        QVERIFY(!edited.dialog.isVisible());
        edited.line("user")->clear();
        QVERIFY(!edited.button("accept")->text().contains(u("recreating")));
    }

    void oneThatIsRemovedWhenItStopsIsNotRecreated() {
        ContainerDetails details = web();
        details.container.removeWhenStopped = true;
        EditDialog dialog(details, {});
        dialog.findChild<QLineEdit*>(u("runForm.user"))->setText(u("nobody"));
        QVERIFY(!dialog.findChild<QPushButton*>(u("editDialog.accept"))->isEnabled());
        QVERIFY(!dialog.findChild<QLabel*>(u("editDialog.problem"))->text().isEmpty());
    }

    void whatCannotBeChangedIsOfferedAsANewContainer() {
        Edited edited;
        edited.dialog.show();
        QVERIFY(!edited.button("copy")->isVisible());
        edited.line("user")->setText(u("nobody"));
        QSignalSpy copies(&edited.dialog, &EditDialog::copyRequested);
        edited.button("copy")->click();
        QCOMPARE(copies.count(), 1);
        const auto request = copies.first().first().value<RunRequest>();
        QCOMPARE(request.options.value(u("user")).toString(), u("nobody"));
        QVERIFY(!request.options.contains(u("name")));
        QVERIFY(edited.updates.isEmpty());
    }
};

ESCALE_TEST(EditDialogTest)
#include "edit_dialog_test.moc"
