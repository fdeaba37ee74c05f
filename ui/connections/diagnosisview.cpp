// SPDX-License-Identifier: GPL-3.0-or-later
#include <connections/diagnosisview.h>
#include <messages/sentence.h>
#include <theme/appearance.h>

#include <QHeaderView>

namespace edgewise::connections {

using namespace Qt::StringLiterals;
using workspace::Diagnosis;
using workspace::Finding;
using workspace::FliptFeed;

namespace {

QString subjectWord(Finding::Subject subject)
{
    switch (subject) {
    case Finding::Subject::Address:
        return DiagnosisView::tr("address");
    case Finding::Subject::Port:
        return DiagnosisView::tr("port");
    case Finding::Subject::Encryption:
        return DiagnosisView::tr("encryption");
    case Finding::Subject::Token:
        return DiagnosisView::tr("token");
    case Finding::Subject::Schema:
        return DiagnosisView::tr("schema");
    case Finding::Subject::Log:
        return DiagnosisView::tr("log");
    case Finding::Subject::Follows:
        return DiagnosisView::tr("replica");
    }
    Q_UNREACHABLE();
}

theme::State diagnosisState(Finding::Verdict verdict)
{
    switch (verdict) {
    case Finding::Verdict::Passed:
        return theme::State::Ok;
    case Finding::Verdict::Noted:
        return theme::State::Late;
    case Finding::Verdict::Failed:
        return theme::State::Bad;
    }
    Q_UNREACHABLE();
}

} // namespace

DiagnosisView::DiagnosisView(const theme::Appearance &appearance, const Clock &clock,
                             QWidget *parent)
    : QTreeWidget(parent), m_appearance(appearance), m_clock(clock)
{
    setObjectName(u"diagnosis"_qs);
    setAccessibleName(tr("What the test found"));
    setHeaderLabels({tr("looked at"), tr("found")});
    setRootIsDecorated(false);
    setWordWrap(true);
    header()->setStretchLastSection(true);
    header()->resizeSection(0, 200);
}

DiagnosisView::~DiagnosisView() = default;

void DiagnosisView::test(const QList<workspace::Workspace::Node> &nodes,
                         const QList<FliptFeed::Address> &flipts)
{
    clear();
    m_diagnoses.clear();
    m_flipts.clear();
    m_failed = 0;
    m_open = static_cast<int>(nodes.size() + flipts.size());
    for (qsizetype i = 0; i < nodes.size(); ++i) {
        const auto primary =
            i == 0 ? std::nullopt : std::optional<workspace::Workspace::Node>(nodes.front());
        QTreeWidgetItem *item = addNode(nodes[i].name);
        auto diagnosis = std::make_unique<Diagnosis>(nodes[i], primary, m_clock);
        Diagnosis *one = diagnosis.get();
        connect(one, &Diagnosis::found, this, [this, item, one] {
            const Finding &finding = one->findings().constLast();
            addLine(item, finding.verdict, subjectWord(finding.subject), finding.words);
        });
        connect(one, &Diagnosis::finished, this, &DiagnosisView::closeOne);
        m_diagnoses.push_back(std::move(diagnosis));
    }
    for (const auto &diagnosis : m_diagnoses)
        diagnosis->start();
    for (const FliptFeed::Address &flipt : flipts)
        testFlipt(flipt);
}

void DiagnosisView::testFlipt(const FliptFeed::Address &address)
{
    QTreeWidgetItem *item = addNode(address.name);
    m_flipts.push_back(std::make_unique<FliptFeed>(address, m_clock));
    FliptFeed *feed = m_flipts.back().get();
    connect(feed, &FliptFeed::stateChanged, this, [this, item, feed] {
        // Health first, the version with the next answer.
        if (item->childCount() == 0) {
            switch (feed->state()) {
            case FliptFeed::State::Asking:
                return;
            case FliptFeed::State::Serving:
                addLine(item, Finding::Verdict::Passed, tr("health"), tr("it serves"));
                break;
            case FliptFeed::State::NotServing:
                addLine(item, Finding::Verdict::Failed, tr("health"), tr("it does not serve"));
                break;
            case FliptFeed::State::Unreachable:
                addLine(item, Finding::Verdict::Failed, tr("health"),
                        messages::sentence(feed->error()));
                break;
            }
            closeOne();
        } else if (item->childCount() == 1 && !feed->version().isEmpty()) {
            addLine(item, Finding::Verdict::Passed, tr("version"), feed->version());
        }
    });
    feed->start();
}

QTreeWidgetItem *DiagnosisView::addNode(const QString &name)
{
    auto *item = new QTreeWidgetItem(this, {name, {}});
    QFont font = item->font(0);
    font.setWeight(QFont::DemiBold);
    item->setFont(0, font);
    item->setExpanded(true);
    return item;
}

void DiagnosisView::addLine(QTreeWidgetItem *node, Finding::Verdict verdict, const QString &what,
                            const QString &words)
{
    const theme::State state = diagnosisState(verdict);
    auto *line = new QTreeWidgetItem(node, {what, words});
    line->setIcon(0, m_appearance.stateIcon(state));
    line->setData(0, Qt::AccessibleTextRole, u"%1 %2"_qs.arg(theme::stateGlyph(state)).arg(what));
    line->setToolTip(1, words);
    node->setExpanded(true);
    if (verdict == Finding::Verdict::Failed)
        ++m_failed;
}

void DiagnosisView::closeOne()
{
    if (--m_open == 0)
        emit finished(m_failed);
}

} // namespace edgewise::connections
