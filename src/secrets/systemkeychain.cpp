// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/systemkeychain.h"

#include <QPromise>

#include <qt6keychain/keychain.h>

#include <memory>

using namespace Qt::StringLiterals;

namespace edgewise::secrets {

namespace {

Result<Keychain::Answer> answerOf(const QKeychain::Job &job, const QString &step)
{
    using Kind = Keychain::Answer::Kind;
    switch (job.error()) {
    case QKeychain::NoError: {
        Keychain::Answer answer;
        if (const auto *reading = qobject_cast<const QKeychain::ReadPasswordJob *>(&job))
            answer.token = Token(reading->binaryData());
        return answer;
    }
    case QKeychain::EntryNotFound:
        return Keychain::Answer{.kind = Kind::NotStored, .token = {}, .reason = {}};
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return Error{.kind = Error::Kind::Auth, .step = step, .detail = job.errorString()};
    case QKeychain::CouldNotDeleteEntry:
        return Error{.kind = Error::Kind::Internal, .step = step, .detail = job.errorString()};
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
    case QKeychain::OtherError: // a session without bus, a bus without service
        break;
    }
    return Keychain::Answer{.kind = Kind::Unavailable, .token = {}, .reason = job.errorString()};
}

} // namespace

SystemKeychain::SystemKeychain(QString service, QObject *parent)
    : QObject(parent), m_service(std::move(service))
{
}

QFuture<Result<Keychain::Answer>> SystemKeychain::read(const QString &name)
{
    return run(new QKeychain::ReadPasswordJob(m_service, this), name,
               u"reading a token from the system's keychain"_qs);
}

QFuture<Result<Keychain::Answer>> SystemKeychain::write(const QString &name, const Token &token)
{
    auto *job = new QKeychain::WritePasswordJob(m_service, this);
    job->setBinaryData(token.reveal());
    return run(job, name, u"writing a token to the system's keychain"_qs);
}

QFuture<Result<Keychain::Answer>> SystemKeychain::remove(const QString &name)
{
    return run(new QKeychain::DeletePasswordJob(m_service, this), name,
               u"removing a token from the system's keychain"_qs);
}

QFuture<Result<Keychain::Answer>> SystemKeychain::run(QKeychain::Job *job, const QString &name,
                                                      const QString &step)
{
    auto promise = std::make_shared<QPromise<Result<Answer>>>();
    promise->start();
    job->setKey(name);
    job->setInsecureFallback(false);
    job->setAutoDelete(true);
    connect(job, &QKeychain::Job::finished, this, [promise, step](QKeychain::Job *finished) {
        promise->addResult(answerOf(*finished, step));
        promise->finish();
    });
    auto future = promise->future();
    job->start();
    return future;
}

} // namespace edgewise::secrets
