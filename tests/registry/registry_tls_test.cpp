// HTTPS with a certificate that no one vouches for: a real TLS server, in Python.
#include "engine/base/file.h"
#include "engine/base/subprocess.h"
#include "tests/registry/registry_fixture.h"

#include <QTemporaryDir>
#include <thread>

using namespace escale;
using namespace escale::test;

static const char* const kServer =
    "import http.server, ssl, sys\n"
    "class Handler(http.server.BaseHTTPRequestHandler):\n"
    "    def do_GET(self):\n"
    "        if 'downgrade' in self.path:\n"
    "            self.send_response(307); self.send_header('Location', 'http:' + '/' + '/0.0.0.0:1/x')\n"
    "            self.send_header('Content-Length', '0'); return self.end_headers()\n"
    "        if 'realm' in self.path:\n"
    "            self.send_response(401)\n"
    "            self.send_header('WWW-Authenticate', 'Bearer realm=http:' + '/' + '/0.0.0.0:1/token')\n"
    "            self.send_header('Content-Length', '0'); return self.end_headers()\n"
    "        self.send_response(200); self.send_header('Content-Length', '2'); self.end_headers()\n"
    "        self.wfile.write(b'{}')\n"
    "    def log_message(self, *ignored): pass\n"
    "server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)\n"
    "context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)\n"
    "context.load_cert_chain(sys.argv[1] + '/cert.pem', sys.argv[1] + '/key.pem')\n"
    "server.socket = context.wrap_socket(server.socket, server_side=True)\n"
    "open(sys.argv[1] + '/port.new', 'w').write(str(server.server_port))\n"
    "import os; os.rename(sys.argv[1] + '/port.new', sys.argv[1] + '/port')\n"
    "server.serve_forever()\n";

class RegistryTlsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(exists("/usr/bin/openssl") && exists("/usr/bin/python3"),
                    "openssl or python3 is not installed");
        const std::string folder = m_folder.path().toStdString();
        VERIFY_RESULT(runProgram({"/usr/bin/openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes",
                                  "-days", "2", "-subj", "/CN=test", "-addext", "subjectAltName=IP:0.0.0.0",
                                  "-keyout", folder + "/key.pem", "-out", folder + "/cert.pem"}));
        Subprocess::Options options;
        options.arguments = {"/usr/bin/python3", "-c", kServer, folder};
        options.environment = {"PATH=/usr/bin:/bin"};
        auto started = Subprocess::start(options);
        VERIFY_RESULT(started);
        m_server = std::make_unique<Subprocess>(std::move(*started));
        QTRY_VERIFY_WITH_TIMEOUT(exists(folder + "/port"), 20'000);
        // 0.0.0.0 reaches this machine, but is no loopback host to the client: it speaks HTTPS.
        m_host = "0.0.0.0:" + readFile(folder + "/port").value();
    }
    void cleanupTestCase() { m_server.reset(); }

    void refusesACertificateNoOneVouchesFor() {
        const auto pinged = clientOf(m_host)->ping({});
        VERIFY_ERROR(pinged, ErrorCode::Unreachable);
        QVERIFY2(pinged.error().message.find("certificate of " + m_host + " is not trusted") !=
                     std::string::npos,
                 pinged.error().message.c_str());
        QVERIFY(pinged.error().hint.find("update-ca-certificates") != std::string::npos);
    }
    void trustsAnAuthorityOfItsOwn() {
        // Given the certificate's own authority, beside the system's,
        RegistryOptions options = quickOptions();
        options.access.certificates = readFile(m_folder.path().toStdString() + "/cert.pem").value();
        const auto client = clientOf(m_host, options);
        // then it is trusted.
        VERIFY_RESULT(client->ping({}));
        QVERIFY(!client->isPlain());
    }
    void nothingLeadsFromHttpsToPlainHttp() {
        // Given a registry with a certificate that is trusted,
        RegistryOptions options = quickOptions();
        options.access.certificates = readFile(m_folder.path().toStdString() + "/cert.pem").value();
        const auto client = clientOf(m_host, options);
        // when it leads to plain HTTP with a manifest, a blob or for a token, then it is not followed.
        const auto manifest = client->fetchManifest("downgrade", Digest::ofData("x"), {});
        VERIFY_ERROR(manifest, ErrorCode::RemoteFailure);
        QVERIFY2(manifest.error().message.find("not HTTPS") != std::string::npos,
                 manifest.error().message.c_str());
        const auto sink = [](std::string_view) { return Result<void>(); };
        VERIFY_ERROR(client->fetchBlob("downgrade", Digest::ofData("x"), 1, sink, {}, {}),
                     ErrorCode::RemoteFailure);
        const auto token = client->fetchManifest("realm", Digest::ofData("x"), {});
        VERIFY_ERROR(token, ErrorCode::RemoteFailure);
        QVERIFY2(token.error().message.find("without HTTPS") != std::string::npos,
                 token.error().message.c_str());
    }
    void acceptsItByExplicitChoice() {
        RegistryOptions options = quickOptions();
        options.access.insecure = true;
        VERIFY_RESULT(clientOf(m_host, options)->ping({}));
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<Subprocess> m_server;
    std::string m_host;
};
ESCALE_TEST(RegistryTlsTest)

#include "registry_tls_test.moc"
