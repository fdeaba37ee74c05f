// SPDX-License-Identifier: GPL-3.0-or-later
#include <evaluation/buckets.h>
#include <evaluation/hashing.h>
#include <evaluation/text.h>
#include <flags/transferdialog.h>
#include <flags/validate.h>
#include <theme/theme.h>
#include <widgets/keyfield.h>
#include <widgets/parts.h>

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>

#include <algorithm>

namespace edgewise::flagspage {

using namespace Qt::StringLiterals;

namespace {

constexpr int sampleSize = 1000;

QString listed(const std::vector<SegmentKey> &keys)
{
    QStringList texts;
    for (size_t i = 0; i < keys.size() && i < 8; ++i)
        texts.append(keys[i].text());
    if (keys.size() > 8)
        texts.append(u"…"_qs);
    return texts.join(u", "_qs);
}

VariantId servedBy(const evaluation::BucketLayout &layout, int bucket)
{
    const evaluation::BucketRange *range = layout.rangeOf(bucket);
    return range ? range->variant : VariantId();
}

} // namespace

int movedByKey(const flags::Flag &flag, const FlagKey &key, int entities)
{
    std::vector<evaluation::BucketLayout> layouts;
    for (const flags::Rule &rule : flag.rules)
        layouts.push_back(evaluation::buckets(rule));
    std::vector<int> thresholds;
    for (const flags::Rollout &rollout : flag.rollouts)
        if (rollout.threshold)
            thresholds.push_back(evaluation::buckets(*rollout.threshold));
    const std::string before = evaluation::utf8(flag.key.text());
    const std::string after = evaluation::utf8(key.text());
    const std::uint32_t sumBefore = libdeflate_crc32(0, before.data(), before.size());
    const std::uint32_t sumAfter = libdeflate_crc32(0, after.data(), after.size());
    int moved = 0;
    for (int i = 1; i <= entities; ++i) {
        const std::string entity = "user-" + std::to_string(i);
        const int oldBucket = evaluation::variantBucket(sumBefore, entity);
        const int newBucket = evaluation::variantBucket(sumAfter, entity);
        const int oldShare = evaluation::thresholdBucket(entity, before);
        const int newShare = evaluation::thresholdBucket(entity, after);
        const bool otherVariant = std::ranges::any_of(layouts, [&](const auto &layout) {
            return servedBy(layout, oldBucket) != servedBy(layout, newBucket);
        });
        const bool otherSide = std::ranges::any_of(
            thresholds, [&](int end) { return (oldShare < end) != (newShare < end); });
        moved += otherVariant || otherSide ? 1 : 0;
    }
    return moved;
}

TransferDialog::TransferDialog(flags::Snapshot snapshot, const NamespaceKey &from,
                               const std::vector<FlagKey> &keys, QWidget *parent)
    : QDialog(parent), m_snapshot(std::move(snapshot)), m_from(from), m_keys(keys),
      m_to(widgets::choiceBox(u"transferTo"_qs, tr("To namespace"), this)),
      m_newKey(new widgets::KeyField(this)),
      m_move(new QCheckBox(tr("&Move: delete the original"), this)),
      m_replace(new QCheckBox(tr("&Replace flags that are there already"), this)),
      m_segments(new QCheckBox(tr("&Overwrite segments that differ there"), this)),
      m_summary(widgets::quietLabel({}, this))
{
    setObjectName(u"transferDialog"_qs);
    const bool single = m_keys.size() == 1;
    setWindowTitle(single ? tr("Copy %1").arg(m_keys[0].text())
                          : tr("Copy %1 flags").arg(m_keys.size()));
    for (const auto &nameSpace : m_snapshot.namespaces)
        m_to->addItem(nameSpace->key.text(), nameSpace->key.text());
    int other = 0;
    while (other < m_to->count() - 1 && m_to->itemData(other).toString() == m_from.text())
        ++other;
    m_to->setCurrentIndex(other);
    m_newKey->setObjectName(u"transferKey"_qs);
    m_newKey->setAccessibleName(tr("Key of the copy"));
    m_newKey->setText(single ? m_keys[0].text() : QString());
    m_newKey->setEnabled(single);
    const std::tuple<QCheckBox *, QString, QString> boxes[] = {
        {m_move, u"transferMove"_qs, tr("Move: delete the original")},
        {m_replace, u"transferReplace"_qs, tr("Replace flags that are there already")},
        {m_segments, u"transferSegments"_qs, tr("Overwrite segments that differ there")}};
    auto *form = new QFormLayout;
    form->addRow(tr("&To namespace"), m_to);
    form->addRow(tr("&Key"), m_newKey);
    for (const auto &[box, name, label] : boxes) {
        box->setObjectName(name);
        box->setAccessibleName(label);
        form->addRow(QString(), box);
        connect(box, &QCheckBox::toggled, this, &TransferDialog::judge);
    }
    m_summary->setObjectName(u"transferSummary"_qs);
    m_summary->setMinimumHeight(5 * fontMetrics().lineSpacing());
    m_summary->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Cancel)->setObjectName(u"transferCancel"_qs);
    m_go = buttons->addButton(tr("Copy"), QDialogButtonBox::AcceptRole);
    m_go->setObjectName(u"transferGo"_qs);
    m_go->setDefault(true);
    auto *column = new QVBoxLayout(this);
    column->addLayout(form);
    column->addWidget(m_summary);
    column->addWidget(buttons);
    setMinimumWidth(480);
    connect(m_to, &QComboBox::currentIndexChanged, this, &TransferDialog::judge);
    connect(m_newKey, &QLineEdit::textEdited, this, &TransferDialog::judge);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    judge();
}

flags::Transfer TransferDialog::transfer() const
{
    flags::Transfer transfer;
    transfer.from = m_from;
    transfer.to = NamespaceKey(m_to->currentData().toString());
    transfer.flags = m_keys;
    if (m_keys.size() == 1 && m_newKey->text() != m_keys[0].text())
        transfer.newKey = FlagKey(m_newKey->text());
    transfer.isMove = m_move->isChecked();
    transfer.replaces = m_replace->isChecked();
    transfer.takesSegments = m_segments->isChecked();
    return transfer;
}

QString TransferDialog::bucketSentence(const flags::Transfer &transfer) const
{
    if (transfer.newKey.isEmpty())
        return tr("Every entity keeps its bucket: the key stays, and Flipt hashes no namespace.");
    const auto flag = m_snapshot.nameSpace(m_from)->flag(m_keys[0]);
    if (!flag)
        return {};
    return tr("All entities are dealt anew, because the key is hashed: of %1 made-up ids, %2 fall "
              "into another variant or on the other side of a threshold.")
        .arg(sampleSize)
        .arg(movedByKey(*flag, transfer.newKey, sampleSize));
}

void TransferDialog::judge()
{
    const flags::Transfer wanted = transfer();
    const flags::TransferPlan plan = flags::planTransfer(m_snapshot, wanted);
    const bool sameKeyHere = wanted.to == wanted.from && wanted.newKey.isEmpty();
    bool possible = !sameKeyHere && (plan.existing.empty() || wanted.replaces)
                    && (m_keys.size() != 1 || !m_newKey->text().isEmpty());
    QStringList lines;
    if (sameKeyHere)
        lines.append(tr("A copy in the same namespace needs another key."));
    else if (!plan.existing.empty())
        lines.append((wanted.replaces ? tr("Replaces %1 flag(s) there, %2 first.")
                                      : tr("%1 flag(s) are there already, %2 first."))
                         .arg(plan.existing.size())
                         .arg(plan.existing.front().text()));
    if (!wanted.newKey.isEmpty()) {
        flags::Flag named;
        named.key = wanted.newKey;
        named.name = wanted.newKey.text();
        for (const flags::Problem &problem : flags::validate(named, *m_snapshot.nameSpace(m_from)))
            if (problem.code == flags::Problem::Code::KeyInvalid) {
                possible = false;
                lines.append(tr("The key has characters that Flipt does not allow."));
            }
    }
    if (!plan.newSegments.empty())
        lines.append(tr("Takes along segments %1.").arg(listed(plan.newSegments)));
    if (!plan.otherSegments.empty())
        lines.append((wanted.takesSegments
                          ? tr("Overwrites segments that differ there: %1.")
                          : tr("Segments that differ there are used as they are: %1."))
                         .arg(listed(plan.otherSegments)));
    if (!plan.missingSegments.empty())
        lines.append(tr("Segments that do not exist: %1.").arg(listed(plan.missingSegments)));
    if (possible)
        lines.append(bucketSentence(wanted));
    m_segments->setEnabled(!plan.otherSegments.empty());
    m_summary->setText(lines.join(u'\n'));
    m_go->setText(wanted.isMove ? tr("Move") : tr("Copy"));
    m_go->setEnabled(possible);
}

} // namespace edgewise::flagspage
