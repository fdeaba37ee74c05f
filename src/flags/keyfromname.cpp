// SPDX-License-Identifier: GPL-3.0-or-later
#include "flags/keyfromname.h"

namespace edgewise::flags {

QString keyFromName(const QString &name)
{
    QString key;
    bool gap = false;
    const QString plain = name.normalized(QString::NormalizationForm_KD).toLower();
    for (const QChar c : plain) {
        if (c.category() == QChar::Mark_NonSpacing)
            continue;
        const bool kept = (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'_';
        if (!kept) {
            gap = !key.isEmpty();
            continue;
        }
        if (gap)
            key += u'-';
        gap = false;
        key += c;
    }
    return key;
}

QString typedKey(QString text)
{
    return text.replace(u' ', u'-');
}

} // namespace edgewise::flags
