#include "engine/container/container_record.h"

#include "tests/store/store_fixture.h"

using namespace escale;
using namespace escale::test;

class ContainerRecordTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<Store> m_store;
    std::string m_image;

    Container make(uid_t owner, const std::string& id, const std::string& name) const {
        Container container;
        container.id = id;
        container.owner = owner;
        container.imageDigest = m_image;
        container.options.name = name;
        container.options.image = kRepository + ":latest";
        container.options.command = {"sh"};
        container.createdAt = 1000;
        return container;
    }

private Q_SLOTS:
    void initTestCase() {
        auto store = Store::open(m_folder.filePath("state").toStdString());
        VERIFY_RESULT(store);
        m_store = *std::move(store);
        VERIFY_RESULT(commit(*m_store, kAlice, "latest", {"base"}));
        const auto image = m_store->findImage(kAlice, kRepository + ":latest");
        VERIFY_RESULT(image);
        m_image = image->digest.toString();
    }
    void init() { VERIFY_RESULT(m_store->database().execute("DELETE FROM container")); }

    void readsBackWhatItWrote() {
        ContainerRecords records(*m_store);
        Container container = make(kAlice, std::string(64, 'a'), "web");
        VERIFY_RESULT(records.insert(container));
        container.state = ContainerState::Exited;
        container.startedAt = 2000;
        container.finishedAt = 3000;
        container.exitCode = 137;
        container.oomKilled = true;
        container.address = "172.17.0.2";
        container.error = "why";
        VERIFY_RESULT(records.update(container));
        const auto read = records.byId(container.id);
        VERIFY_RESULT(read);
        QCOMPARE(read->owner, kAlice);
        QCOMPARE(read->imageDigest, m_image);
        QCOMPARE(read->options.name, std::string("web"));
        QCOMPARE(read->options.command, container.options.command);
        QCOMPARE(read->state, ContainerState::Exited);
        QCOMPARE(read->createdAt, 1000);
        QCOMPARE(read->startedAt, 2000);
        QCOMPARE(read->finishedAt, 3000);
        QCOMPARE(read->exitCode, 137);
        QVERIFY(read->oomKilled);
        QCOMPARE(read->address, container.address);
        QCOMPARE(read->error, container.error);
    }

    void refusesANameTwice() {
        ContainerRecords records(*m_store);
        VERIFY_RESULT(records.insert(make(kAlice, std::string(64, 'a'), "web")));
        const auto again = records.insert(make(kAlice, std::string(64, 'b'), "web"));
        QVERIFY(!again);
        QCOMPARE(again.error().code, ErrorCode::AlreadyExists);
        VERIFY_RESULT(records.insert(make(kBob, std::string(64, 'c'), "web")));
    }

    void findsByIdNameAndFirstDigits() {
        ContainerRecords records(*m_store);
        const std::string one = "ab" + std::string(62, '0');
        const std::string two = "ac" + std::string(62, '0');
        VERIFY_RESULT(records.insert(make(kAlice, one, "web")));
        VERIFY_RESULT(records.insert(make(kAlice, two, "db")));
        QCOMPARE(records.find(kAlice, one)->id, one);
        QCOMPARE(records.find(kAlice, "db")->id, two);
        QCOMPARE(records.find(kAlice, "ac")->id, two);
        QCOMPARE(records.find(kAlice, "a").error().code, ErrorCode::NotFound);
        QCOMPARE(records.find(kAlice, "[ab]*").error().code, ErrorCode::NotFound);
        QCOMPARE(records.find(kAlice, "").error().code, ErrorCode::NotFound);
    }

    void saysWhenDigitsAreAmbiguous() {
        ContainerRecords records(*m_store);
        VERIFY_RESULT(records.insert(make(kAlice, "abc" + std::string(61, '0'), "web")));
        VERIFY_RESULT(records.insert(make(kAlice, "abd" + std::string(61, '0'), "db")));
        QCOMPARE(records.find(kAlice, "ab").error().code, ErrorCode::InvalidArgument);
    }

    void showsNobodyElsesContainers() {
        ContainerRecords records(*m_store);
        const std::string id(64, 'a');
        VERIFY_RESULT(records.insert(make(kAlice, id, "web")));
        for (const auto& name : {id, std::string("web"), std::string("aaaa")})
            QCOMPARE(records.find(kBob, name).error().code, ErrorCode::NotFound);
        QVERIFY(records.of(kBob)->empty());
        QCOMPARE(records.of(kAlice)->size(), std::size_t(1));
    }

    void handsOutThoseThatRun() {
        ContainerRecords records(*m_store);
        using State = ContainerState;
        char digit = 'a';
        for (const auto state :
             {State::Created, State::Running, State::Paused, State::Restarting, State::Exited, State::Dead}) {
            Container container = make(kAlice, std::string(64, digit), std::string(1, digit));
            VERIFY_RESULT(records.insert(container));
            container.state = state;
            VERIFY_RESULT(records.update(container));
            ++digit;
        }
        std::string running, all, others;
        const auto into = [](std::string& names) {
            return [&names](const Container& container) { names += container.options.name; };
        };
        VERIFY_RESULT(records.visit(kAlice, ContainerChoice::Running, into(running)));
        QCOMPARE(running, std::string("bcd"));
        VERIFY_RESULT(records.visit(kAlice, ContainerChoice::All, into(all)));
        QCOMPARE(all, std::string("abcdef"));
        VERIFY_RESULT(records.visit(kBob, ContainerChoice::All, into(others)));
        QCOMPARE(others, std::string());
    }

    void readsRowsAnewThatWereHandedOut() {
        // Given a row that a visitor has filled in,
        ContainerRecords records(*m_store);
        Container container = make(kAlice, std::string(64, 'a'), "web");
        VERIFY_RESULT(records.insert(container));
        VERIFY_RESULT(records.visit(kAlice, ContainerChoice::All, [](Container& each) {
            each.pid = 7;
            each.health = "healthy";
        }));
        // then nothing of that stays,
        auto read = records.byId(container.id);
        VERIFY_RESULT(read);
        QCOMPARE(read->pid, 0);
        QCOMPARE(read->health, std::string());
        // and what is written since is seen.
        container.options.name = "db";
        container.options.command = {"cat"};
        VERIFY_RESULT(records.updateOptions(container));
        read = records.byId(container.id);
        VERIFY_RESULT(read);
        QCOMPARE(read->options.name, std::string("db"));
        QCOMPARE(read->options.command, Texts({"cat"}));
    }
};

ESCALE_TEST(ContainerRecordTest)
#include "container_record_test.moc"
