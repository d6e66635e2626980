#include "gui/app/application.h"
#include "gui/app/main_window.h"
#include "gui/common/empty_state.h"
#include "tests/support/test_registry.h"

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>

using namespace escale::gui;

// Without an engine: the bus address leads nowhere.
class MainWindowTest : public QObject {
    Q_OBJECT
    std::unique_ptr<Theme> m_theme;

private Q_SLOTS:
    void initTestCase() {
        qputenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent");
        qputenv("ESCALE_REGISTRY", "");
        m_theme = std::make_unique<Theme>(*qApp);
        m_theme->setAppearance(Appearance::Light);
    }
    void cleanupTestCase() {
        m_theme.reset();
        qApp->setStyleSheet({});
    }

    void aMissingEngineIsSaidWithAWayOut() {
        // Given no message bus, when the Images pane is asked for,
        MainWindow window(*m_theme);
        window.show();
        QTRY_COMPARE(window.client().state(), EngineClient::State::Unreachable);
        window.showPane(PaneId::Images);
        // then the window says so and offers to try again, and trying again is harmless.
        auto* state = window.findChild<EmptyState*>(QStringLiteral("mainWindow.unreachable"));
        QVERIFY(state->isVisible());
        QVERIFY(!state->title().isEmpty());
        QTest::mouseClick(state->findChild<QPushButton*>(QStringLiteral("emptyState.action")),
                          Qt::LeftButton);
        QTRY_COMPARE(window.client().state(), EngineClient::State::Unreachable);
    }

    void theRegistryPaneNeedsNoEngine() {
        MainWindow window(*m_theme);
        window.show();
        QTRY_COMPARE(window.client().state(), EngineClient::State::Unreachable);
        QVERIFY(window.findChild<QWidget*>(QStringLiteral("registryPane"))->isVisible());
    }

    void panesAreReachedByKeys() {
        MainWindow window(*m_theme);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        auto* list = window.findChild<QListWidget*>(QStringLiteral("navigationList"));
        QTest::keyClick(&window, Qt::Key_3, Qt::ControlModifier);
        QCOMPARE(list->currentRow(), 2);
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Up);
        QCOMPARE(window.findChild<QLabel*>(QStringLiteral("mainWindow.title"))->text(),
                 QStringLiteral("Images"));
        QTest::keyClick(&window, Qt::Key_F, Qt::ControlModifier);
        QTRY_VERIFY(window.findChild<QLineEdit*>(QStringLiteral("mainWindow.search"))->hasFocus());
    }

    void panesAreMadeWhenShown() {
        MainWindow window(*m_theme);
        QVERIFY(window.findChild<QWidget*>(QStringLiteral("containersPane")) == nullptr);
        window.showPane(PaneId::Containers);
        QVERIFY(window.findChild<QWidget*>(QStringLiteral("containersPane")) != nullptr);
    }

    void everyControlHasAName() {
        // Buttons and fields are nothing to a screen reader without one.
        MainWindow window(*m_theme);
        for (const PaneId pane : {PaneId::Registry, PaneId::Images, PaneId::Containers})
            window.showPane(pane);
        for (const auto* button : window.findChildren<QAbstractButton*>()) {
            if (QByteArray(button->metaObject()->className()).startsWith("escale") ||
                button->parentWidget()->inherits("QLineEdit") ||
                button->parentWidget()->inherits("QTabBar") || button->parentWidget()->inherits("QMenuBar") ||
                !button->isVisibleTo(&window))
                continue;
            QVERIFY2(!button->text().isEmpty() || !button->accessibleName().isEmpty(),
                     qPrintable(button->objectName()));
        }
        for (const auto* field : window.findChildren<QLineEdit*>())
            QVERIFY2(!field->accessibleName().isEmpty(), qPrintable(field->objectName()));
    }
};

ESCALE_TEST(MainWindowTest)
#include "main_window_test.moc"
