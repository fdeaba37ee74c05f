// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/diagnosis.h"

#include <base/whenready.h>
#include <replication/sampler.h>

#include <QNetworkProxy>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QThreadPool>

namespace edgewise::workspace {

using namespace Qt::StringLiterals;
using Subject = Finding::Subject;
using Verdict = Finding::Verdict;

namespace {

constexpr int stepMilliseconds = 5000;
constexpr int samplingMilliseconds = 100;

bool isLoopback(const QUrl &url)
{
    const QString host = url.host();
    return host == "localhost"_L1 || host == "::1"_L1 || host.startsWith("127."_L1);
}

} // namespace

Diagnosis::Diagnosis(Workspace::Node node, std::optional<Workspace::Node> primary,
                     const Clock &clock, QObject *parent)
    : QObject(parent), m_node(std::move(node)), m_primary(std::move(primary)), m_clock(clock)
{
    m_deadline.setSingleShot(true);
}

Diagnosis::~Diagnosis()
{
    // The end of a connection waits for its running call: not on this thread.
    if (m_connection)
        QThreadPool::globalInstance()->start([ending = std::shared_ptr<store::Connection>(std::move(
                                                  m_connection))]() mutable { ending.reset(); });
}

void Diagnosis::note(Subject subject, Verdict verdict, const QString &words)
{
    m_findings.append({subject, verdict, words});
    emit found();
}

void Diagnosis::finish()
{
    if (std::exchange(m_isFinished, true))
        return;
    m_deadline.stop();
    m_sampler.reset();
    emit finished();
}

void Diagnosis::start()
{
    store::ConnectionOptions options = m_node.options;
    options.readOnly = true;
    options.deadlineMilliseconds = stepMilliseconds;
    m_connection = std::make_unique<store::Connection>(m_node.source, options, m_clock);
    if (m_node.source.kind != store::Source::Kind::Node) {
        note(Subject::Address, Verdict::Passed, tr("the file %1").arg(m_node.source.path));
        askSchema();
        return;
    }
    const QUrl &url = m_node.source.url;
    note(
        Subject::Address, Verdict::Passed,
        tr("host %1, port %2").arg(url.host()).arg(url.port(url.scheme() == "http"_L1 ? 80 : 443)));
    knock();
}

void Diagnosis::knock()
{
    const QUrl &url = m_node.source.url;
    const bool encrypted = url.scheme() != "http"_L1;
    const auto port = static_cast<quint16>(url.port(encrypted ? 443 : 80));
    const Result<Route> route = Route::read(m_node.options.authoritiesFile, m_node.options.proxy);
    if (!route) {
        note(Subject::Port, Verdict::Failed, route.error().detail);
        finish();
        return;
    }
    m_socket = new QSslSocket(this);
    if (route->proxy)
        m_socket->setProxy(route->proxy->as<QNetworkProxy>());
    QSslConfiguration encryption = m_socket->sslConfiguration();
    encryption.addCaCertificates(QSslCertificate::fromData(route->authorities));
    m_socket->setSslConfiguration(encryption);
    connect(m_socket, &QSslSocket::errorOccurred, this, &Diagnosis::takeSocketError);
    connect(m_socket, &QSslSocket::connected, this, [this, encrypted, port] {
        note(Subject::Port, Verdict::Passed, tr("something listens on port %1").arg(port));
        if (encrypted)
            return;
        note(Subject::Encryption, isLoopback(m_node.source.url) ? Verdict::Passed : Verdict::Noted,
             isLoopback(m_node.source.url)
                 ? tr("none, and none is needed on this machine")
                 : tr("none: whoever is on the way can read the token and the flags"));
        askToken();
    });
    connect(m_socket, &QSslSocket::encrypted, this, [this] {
        note(Subject::Encryption, Verdict::Passed,
             tr("TLS; the certificate of %1 is trusted")
                 .arg(m_socket->peerCertificate().subjectDisplayName()));
        askToken();
    });
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        note(m_findings.size() > 1 ? Subject::Encryption : Subject::Port, Verdict::Failed,
             tr("no answer within %1 s; a firewall may swallow it").arg(stepMilliseconds / 1000));
        finish();
    });
    m_deadline.start(stepMilliseconds);
    encrypted ? m_socket->connectToHostEncrypted(url.host(), port)
              : m_socket->connectToHost(url.host(), port);
}

void Diagnosis::takeSocketError()
{
    // After the handshake the socket has done its work; a server may close it.
    if (m_isFinished || m_findings.size() > 2)
        return;
    const bool listened = m_findings.size() > 1;
    note(listened ? Subject::Encryption : Subject::Port, Verdict::Failed, m_socket->errorString());
    finish();
}

void Diagnosis::askToken()
{
    m_deadline.disconnect(this);
    m_deadline.stop();
    m_socket->disconnect(this);
    m_socket->abort();
    whenReady(m_connection->position(), this, [this](const Result<std::optional<quint64>> &answer) {
        if (answer) {
            note(Subject::Token, Verdict::Passed,
                 m_node.options.token.isEmpty() ? tr("none given, and none is asked for")
                                                : tr("the token is accepted"));
            askSchema();
            return;
        }
        const bool isToken = answer.error().kind == Error::Kind::Auth;
        note(isToken ? Subject::Token : Subject::Port, Verdict::Failed,
             isToken ? m_node.options.token.isEmpty()
                           ? tr("a token is asked for, and none is given")
                           : tr("the token is refused: %1").arg(answer.error().detail)
                     : tr("what answers is no sqld: %1").arg(answer.error().detail));
        finish();
    });
}

void Diagnosis::askSchema()
{
    whenReady(m_connection->schema(), this, [this](const Result<store::SchemaState> &answer) {
        using Kind = store::SchemaState::Kind;
        if (!answer) {
            note(Subject::Schema, Verdict::Failed, answer.error().detail);
            finish();
            return;
        }
        switch (answer->kind) {
        case Kind::Current:
            note(Subject::Schema, Verdict::Passed, tr("Flipt's, version %1").arg(answer->version));
            break;
        case Kind::Empty:
            note(Subject::Schema, Verdict::Noted, tr("the database is empty"));
            break;
        case Kind::Foreign:
            note(Subject::Schema, Verdict::Failed, tr("there are tables, but not Flipt's"));
            break;
        case Kind::TooOld:
            note(Subject::Schema, Verdict::Failed,
                 tr("Flipt's version %1 is too old to be read").arg(answer->version));
            break;
        case Kind::Older:
        case Kind::Newer:
            note(Subject::Schema, Verdict::Noted,
                 tr("Flipt's version %1, which can be read and not written").arg(answer->version));
            break;
        case Kind::Dirty:
            note(Subject::Schema, Verdict::Noted,
                 tr("a migration was interrupted: it can be read and not written"));
            break;
        }
        if (m_node.source.kind == store::Source::Kind::Node)
            askLog();
        else
            finish();
    });
}

void Diagnosis::askLog()
{
    using replication::Role;
    m_sampler = std::make_unique<replication::Sampler>(m_clock);
    m_sampler->setInterval(samplingMilliseconds);
    connect(m_sampler.get(), &replication::Sampler::sampled, this, &Diagnosis::takeSample);
    m_sampler->setNodes(
        m_primary ? QList{m_primary->watched(Role::Primary), m_node.watched(Role::Replica)}
                  : QList{m_node.watched(Role::Primary)});
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        m_primary ? note(Subject::Follows, Verdict::Failed,
                         tr("it could not be learnt whether it follows %1").arg(m_primary->name))
                  : note(Subject::Log, Verdict::Noted, tr("it does not tell which log it holds"));
        finish();
    });
    m_deadline.start(stepMilliseconds);
    m_sampler->start();
}

void Diagnosis::takeSample(const replication::NodeSample &sample)
{
    using replication::State;
    // A sampler must not end within its own signal.
    const auto finishSoon = [this] {
        m_deadline.disconnect(this);
        m_sampler->disconnect(this);
        QTimer::singleShot(0, this, &Diagnosis::finish);
    };
    if (sample.node != m_node.source.text || sample.logId.isEmpty())
        return;
    if (!m_primary) {
        note(
            Subject::Log, Verdict::Passed,
            tr("log %1, frame %2")
                .arg(sample.logId, sample.index ? QString::number(*sample.index) : tr("none yet")));
        finishSoon();
        return;
    }
    const State state = sample.judgement.state;
    if (state == State::Foreign || state == State::Diverged) {
        note(Subject::Follows, Verdict::Failed, sample.judgement.why);
        finishSoon();
    } else if (state == State::InSync || state == State::CatchingUp) {
        note(Subject::Follows, Verdict::Passed,
             tr("it follows %1: %2").arg(m_primary->name, sample.judgement.why));
        finishSoon();
    } else if (state == State::Stalled) {
        note(Subject::Follows, Verdict::Noted, sample.judgement.why);
        finishSoon();
    }
}

} // namespace edgewise::workspace
