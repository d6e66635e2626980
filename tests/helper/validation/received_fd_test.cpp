// Descriptors that callers pass, those of file systems that a caller serves, too.
#include "helper/validation/received_fd.h"

#include "engine/base/cached_stat.h"
#include "engine/base/file.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <atomic>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <future>
#include <linux/fuse.h>
#include <sys/mount.h>
#include <thread>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

/// A FUSE file system of one file, "file", which from some moment on never says what its file is.
class SilentFiles {
public:
    explicit SilentFiles(std::string folder)
        : m_folder(std::move(folder))
        , m_device(::open("/dev/fuse", O_RDWR | O_CLOEXEC)) {
        const std::string options =
            "fd=" + std::to_string(m_device.get()) + ",rootmode=40000,user_id=0,group_id=0";
        m_isMounted = m_device && ::mount("test", m_folder.c_str(), "fuse", 0, options.c_str()) == 0;
        if (m_isMounted)
            m_thread = std::thread([this] { serve(); });
    }
    SilentFiles(const SilentFiles&) = delete;
    SilentFiles& operator=(const SilentFiles&) = delete;
    ~SilentFiles() { end(); }

    [[nodiscard]] bool isMounted() const { return m_isMounted; }
    void fallSilent() { m_isSilent = true; }
    /// Whoever waits for an answer gets an error.
    void end() {
        if (!m_thread.joinable())
            return;
        ::umount2(m_folder.c_str(), MNT_FORCE | MNT_DETACH);
        m_thread.join();
    }

private:
    static constexpr std::uint64_t kFile = 2;

    static fuse_attr attributesOf(std::uint64_t node) {
        fuse_attr attributes{};
        attributes.ino = node;
        attributes.size = node == kFile ? 4096 : 0;
        attributes.mode = node == kFile ? S_IFREG | 0644 : S_IFDIR | 0755;
        attributes.nlink = 1;
        return attributes;
    }
    template <class Answer>
    void answer(const fuse_in_header& asked, const Answer& answer) {
        std::array<char, sizeof(fuse_out_header) + sizeof answer> bytes{};
        const fuse_out_header head{static_cast<std::uint32_t>(bytes.size()), 0, asked.unique};
        std::memcpy(bytes.data(), &head, sizeof head);
        std::memcpy(bytes.data() + sizeof head, &answer, sizeof answer);
        (void)!::write(m_device.get(), bytes.data(), bytes.size());
    }
    void refuse(const fuse_in_header& asked) {
        const fuse_out_header head{sizeof head, -ENOSYS, asked.unique};
        (void)!::write(m_device.get(), &head, sizeof head);
    }
    void serve() {
        std::vector<char> request(1U << 18);
        while (::read(m_device.get(), request.data(), request.size()) > 0) {
            fuse_in_header asked{};
            std::memcpy(&asked, request.data(), sizeof asked);
            switch (asked.opcode) {
            case FUSE_INIT: {
                fuse_init_out init{};
                init.major = FUSE_KERNEL_VERSION;
                init.minor = 31;
                init.max_write = 4096;
                answer(asked, init);
                break;
            }
            case FUSE_LOOKUP: {
                fuse_entry_out entry{}; // nothing of it may be believed a moment later
                entry.nodeid = kFile;
                entry.attr = attributesOf(kFile);
                answer(asked, entry);
                break;
            }
            case FUSE_GETATTR: {
                fuse_attr_out attributes{};
                attributes.attr = attributesOf(asked.nodeid);
                if (!m_isSilent)
                    answer(asked, attributes);
                break;
            }
            case FUSE_OPEN:
                answer(asked, fuse_open_out{});
                break;
            case FUSE_FORGET:
                break;
            default:
                refuse(asked);
            }
        }
    }

    std::string m_folder;
    UniqueFd m_device;
    bool m_isMounted = false;
    std::atomic<bool> m_isSilent = false;
    std::thread m_thread;
};

} // namespace

class ReceivedFdTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nobodyWaitsForWhoServesTheFile() {
        SKIP_UNLESS(::geteuid() == 0, "needs root");
        const QTemporaryDir folder;
        SilentFiles files(folder.path().toStdString());
        SKIP_UNLESS(files.isMounted(), "needs FUSE");
        // Given a file whose file system answers no more
        const std::string path = folder.path().toStdString() + "/file";
        const auto readable = openFile(path, O_RDONLY);
        VERIFY_RESULT(readable);
        const auto writable = openFile(path, O_WRONLY);
        VERIFY_RESULT(writable);
        files.fallSilent();
        // When it is passed, then it is looked at all the same.
        auto looked = std::async(std::launch::async, [&] {
            return takeReadable(QDBusUnixFileDescriptor(readable->get())).has_value() &&
                   takeReadableOrFolder(QDBusUnixFileDescriptor(readable->get())).has_value() &&
                   takeWritable(QDBusUnixFileDescriptor(writable->get())).has_value() &&
                   cachedStat(readable->get()).stx_size == 4096;
        });
        const bool isInTime = looked.wait_for(std::chrono::seconds(30)) == std::future_status::ready;
        files.end();
        QVERIFY(isInTime);
        QVERIFY(looked.get());
    }
};
ESCALE_TEST(ReceivedFdTest)

#include "received_fd_test.moc"
