// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/segmentwords.h>

#include <QCoreApplication>

namespace edgewise::flagspage {

namespace {
QString tr(const char *text)
{
    return QCoreApplication::translate("SegmentWords", text);
}
} // namespace

QString operatorWord(int segmentOperator)
{
    switch (segmentOperator) {
    case flags::OrOperator:
        return tr("OR");
    case flags::AndOperator:
        return tr("AND");
    default:
        return tr("operator %1 (passes always)").arg(segmentOperator);
    }
}

QStringList segmentTexts(const std::vector<SegmentKey> &segments)
{
    QStringList texts;
    for (const SegmentKey &segment : segments)
        texts.append(segment.text());
    if (texts.isEmpty())
        texts.append(tr("nobody"));
    return texts;
}

} // namespace edgewise::flagspage
