// SPDX-License-Identifier: GPL-3.0-or-later
#include "flipt/statetag.h"

#include <QCryptographicHash>

namespace edgewise::flipt {

QByteArrayList stateTags(qint64 nanoseconds)
{
    constexpr qint64 second = 1'000'000'000;
    qint64 seconds = nanoseconds / second;
    qint64 rest = nanoseconds % second;
    if (rest < 0) { // protobuf's nanos count forwards, before 1970 as well
        rest += second;
        --seconds;
    }
    QByteArrayList texts{"seconds:" + QByteArray::number(seconds)};
    if (rest > 0)
        texts = {texts.first() + " nanos:" + QByteArray::number(rest),
                 texts.first() + "  nanos:" + QByteArray::number(rest)};
    QByteArrayList tags;
    for (const QByteArray &text : texts)
        tags.append(QCryptographicHash::hash(text, QCryptographicHash::Sha1).toHex());
    return tags;
}

} // namespace edgewise::flipt
