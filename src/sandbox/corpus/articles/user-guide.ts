import type { CorpusArticle } from '../corpus-line.ts';

const collection = 'User guide';

/** The user guide as published, with its faults: DOCUMENTATION in issues/documentation.ts complains about them. */
export const USER_GUIDE: CorpusArticle[] = [
  {
    collection,
    category: 'First steps',
    name: 'Getting started with your schedule',
    keywords: ['start', 'set up', 'first job', 'board', 'publish'],
    html: `<h2>Before you plan</h2><p>Brindlewick needs three things before the schedule board is useful: your people, your clients and at least one team. Add them under <strong>People</strong>, <strong>Clients</strong> and <strong>Settings &gt; Teams</strong>. Ten minutes are usually enough for a company with a dozen people.</p>
<h2>Plan the first job</h2><ol><li>Open <strong>Schedule</strong> and choose the week.</li><li>Click on an empty place in the row of a worker.</li><li>Choose the client, enter start and end, and write a title that the crew will understand.</li><li>Press <strong>Save</strong>. The job is a draft and is drawn with a dashed line.</li></ol>
<h2>Publish</h2><p>Drafts are visible in the office only. Press <strong>Publish</strong> to send everything up to the date you choose to the phones of your crew. Later changes to a published job are sent at once.</p>
<h2>Next</h2><ul><li>Invite your crew: they receive a link to the phone app.</li><li>Decide whether clients should get reminders.</li><li>Connect a calendar, if your office lives in one.</li></ul>`,
  },
  {
    collection,
    category: 'Schedule',
    name: 'Repeating jobs',
    keywords: ['repeat', 'series', 'recurring', 'weekly', 'monthly'],
    html: `<h2>Make a job repeat</h2><p>A job that happens regularly is planned once, as a series. Open the job, choose <strong>Repeat</strong>, and pick one of the rhythms:</p><ul><li><strong>Daily</strong>, with or without weekends</li><li><strong>Weekly</strong>, on the weekdays you tick</li><li><strong>Monthly</strong>, on the same date of each month</li></ul><p>A series runs for up to twelve months. Four weeks before its end the office gets a reminder to extend it.</p>
<h2>Change a series</h2><p>When you edit a visit of a series, Brindlewick asks whether you mean <em>this visit</em>, <em>this and later ones</em> or <em>all of them</em>. Visits that were clocked already are never changed.</p>
<h2>Other rhythms</h2><p>For rhythms that are not in the list, copy the job: select it, press <strong>Ctrl+D</strong> and choose up to 30 dates in the small calendar. The copies are independent of each other, so a change in one does not change the rest.</p>
<h2>Holidays</h2><p>Visits on public holidays are marked in yellow. They are not moved by themselves.</p>`,
  },
  {
    collection,
    category: 'Time',
    name: 'Clocking in and out',
    keywords: ['clock', 'timesheet', 'hours', 'breaks', 'start', 'stop'],
    html: `<h2>On the phone</h2><ol><li>Open the job of the day.</li><li>Press <strong>Start</strong> when you arrive. The bar at the bottom turns green and shows the time worked.</li><li>Press <strong>Break</strong> and <strong>Resume</strong> for pauses.</li><li>Press <strong>Stop</strong> when you leave.</li></ol><p>If your company has switched on location, the phone notes where you started and stopped. It does not follow you in between.</p>
<h2>Forgot to clock?</h2><p>Tap <strong>Timesheet &gt; Add time</strong>, choose the job and enter the hours with a short reason. Such entries carry a pencil and have to be approved by a manager.</p>
<h2>For the office</h2><p>Managers see who is clocked in right now at the top of <strong>Timesheets</strong>. They can add time for others, and stop a clock that was left running overnight. A running clock is stopped after 14 hours in any case.</p>
<h2>Rounding</h2><p>Times can be rounded to 5, 10 or 15 minutes under <strong>Settings &gt; Time</strong>. The unrounded time is kept and shown when you point at the entry.</p>`,
  },
  {
    collection,
    category: 'Time',
    name: 'Working offline',
    keywords: ['offline', 'no signal', 'flight mode', 'sync'],
    html: `<h2>No signal? No problem</h2><p>The Brindlewick app also works where there is no network: in cellars, on remote building sites and in flight mode. It keeps what it needs on the phone. When the connection returns, everything is sent to the office by itself, and a green cloud shows that all is done.</p>
<h2>How it looks</h2><ul><li><strong>Green cloud:</strong> everything is up to date.</li><li><strong>Grey cloud:</strong> something waits for the network.</li><li><strong>Red cloud:</strong> sign in again, your session has expired.</li></ul>
<h2>Tips</h2><p>Open the app once in the morning while you still have reception, so that the plan of the day is fresh. Do not sign out while the cloud is grey. Keep some free space on the phone for pictures; they are sent last, and only over wifi if your company has chosen so in the settings.</p><p>If the cloud stays grey for more than ten minutes although other apps have a connection, close Brindlewick completely and open it again.</p>`,
  },
  {
    collection,
    category: 'Time',
    name: 'Approving timesheets',
    keywords: ['approve', 'payroll', 'lock', 'period', 'export'],
    html: `<h2>Check the hours</h2><p>Open <strong>Timesheets</strong> and choose the pay period. Each row is one person; amber cells need your attention:</p><ul><li>time added by hand, with the reason the worker gave</li><li>more than ten hours on one day</li><li>clocked far from the place of the job</li><li>planned, but not clocked</li></ul><p>Click on a cell to see the entries behind it and to correct them. The worker is told about corrections.</p>
<h2>Approve</h2><p>Tick the rows that are right and press <strong>Approve</strong>. Approved hours can no longer be changed on the phone. A manager may withdraw the approval until the period is locked.</p>
<h2>Hand over to payroll</h2><ol><li>Make sure that no row is amber.</li><li>Lock the period.</li><li>Choose <strong>Export</strong> and the format of your payroll office.</li></ol><p>The export holds hours, breaks, supplements for nights and Sundays, and absences. Amounts are included only if pay rates are kept in Brindlewick.</p>`,
  },
  {
    collection,
    category: 'People',
    name: 'Absences and public holidays',
    keywords: ['vacation', 'sick', 'leave', 'holiday', 'time off'],
    html: `<h2>Enter an absence</h2><ol><li>Open <strong>People</strong> and choose the person.</li><li>Go to <strong>Absences</strong> and press <strong>Add</strong>.</li><li>Choose the kind (vacation, sick, unpaid, other), the first and the last day. Half days are possible on both ends.</li></ol><p>The board shows the days in grey. Jobs that were planned there already move to the list <em>To be reassigned</em>.</p>
<h2>Requests from the app</h2><p>Switch on <strong>Settings &gt; Absences &gt; Requests</strong> to let your crew ask for days off. Managers get a notification and answer with one tap. The days left are shown to both sides.</p>
<h2>Public holidays</h2><p>Choose your country and region under <strong>Settings &gt; Absences &gt; Public holidays</strong>. The days of this year and the next one are filled in. Add your own company days below, for instance the day between Christmas and New Year on which nobody works anyway.</p>
<h2>Who may do this</h2><p>Managers and owners. Crew see their own absences only.</p>`,
  },
  {
    collection,
    category: 'People',
    name: 'Roles: who sees what',
    keywords: ['roles', 'permissions', 'manager', 'crew', 'owner', 'pay rates'],
    html: `<h2>The three roles</h2><p>Each person has exactly one role. It is set on the person's page and takes effect at the next sign-in.</p><table><tr><th></th><th>Owner</th><th>Manager</th><th>Crew</th></tr><tr><td>Own jobs and hours</td><td>yes</td><td>yes</td><td>yes</td></tr><tr><td>Whole schedule</td><td>yes</td><td>yes</td><td>no</td></tr><tr><td>Clients, quotes, invoices</td><td>yes</td><td>yes</td><td>no</td></tr><tr><td>Pay rates</td><td>yes</td><td>no</td><td>no</td></tr><tr><td>Subscription</td><td>yes</td><td>no</td><td>no</td></tr></table>
<h2>Owner</h2><p>Owners may do everything, including closing the account. There should be at least two, so that nobody is locked out when one of them is away.</p>
<h2>Manager</h2><p>Managers run the daily business. They plan, approve hours, write invoices and look after the people in their care, including contracts and pay rates.</p>
<h2>Crew</h2><p>Crew use the phone app. They see their own jobs, with the address, the contact on site and the notes, but never prices.</p><p>A role can be changed at any time. What a person did before stays recorded under their name.</p>`,
  },
  {
    collection,
    category: 'Clients',
    name: 'Importing clients and jobs',
    keywords: ['import', 'csv', 'excel', 'columns', 'template', 'migrate'],
    html: `<h2>Prepare the file</h2><p>Save your list as a CSV file with one client on each line and the headings in the first line. These columns are understood:</p><ul><li><code>client_name</code></li><li><code>street</code>, <code>town</code>, <code>zip</code></li><li><code>mail</code></li><li><code>telephone</code></li></ul><p>For jobs, add <code>date</code> in the form MM/DD/YYYY, <code>begin</code>, <code>end</code> and <code>worker</code>. Up to 5,000 lines fit into one file. <a href="https://help.brindlewick.example/files/sample-import.csv">Download the sample file</a>.</p>
<h2>Import</h2><ol><li>Go to <strong>Clients &gt; Import</strong>.</li><li>Choose the file and check the preview.</li><li>Decide what should happen with clients who are in Brindlewick already: skip them, or update them.</li><li>Press <strong>Start</strong>. You may leave the page; we send a mail when it is done.</li></ol>
<h2>When something went wrong</h2><p>Lines that could not be read are gathered in a file of their own, with the reason at the end of each line. Correct them there and import this file again. A whole import can be undone within seven days under <strong>Clients &gt; Import &gt; History</strong>.</p>`,
  },
  {
    collection,
    category: 'Clients',
    name: 'Reminders to clients',
    keywords: ['reminder', 'email', 'text message', 'notification', 'confirm'],
    html: `<h2>What is sent</h2><p>Brindlewick can tell your clients about their appointments so that somebody opens the door. There are three messages, each can be switched on or off under <strong>Settings &gt; Notifications &gt; Clients</strong>:</p><ul><li><strong>Confirmation</strong>, when you publish the job</li><li><strong>Reminder</strong>, by default at 17:00 on the day before</li><li><strong>Change</strong>, when the date or the time is moved</li></ul>
<h2>Email and text messages</h2><p>Emails are free. Text messages cost extra and are available in Austria, Belgium, France, Germany, Ireland, the Netherlands, Spain, the United Kingdom and the United States.</p>
<h2>Write your own words</h2><p>Each message has a text that you can change. Use the grey tiles for the name of the client, the address, date and time. Press <strong>Send me a test</strong> before you save.</p>
<h2>Single clients</h2><p>Some clients prefer not to be reminded. Untick <em>Messages</em> on the page of the client. Replies to the messages go to the address under <strong>Settings &gt; Company</strong>.</p>`,
  },
  {
    collection,
    category: 'Jobs',
    name: 'Photos and notes on a job',
    keywords: ['photo', 'picture', 'note', 'attachment', 'report'],
    html: `<h2>Take a picture</h2><p>In the app, open the job and press the camera. Pictures are made smaller to save data and get the date, the job and the name of the person. You can also choose pictures from the gallery, up to ten at once.</p>
<h2>Notes</h2><p>There are two kinds of notes, and it pays to know which is which:</p><ul><li><strong>Notes for the crew</strong> are written in the office and shown at the top of the job.</li><li><strong>Notes from the crew</strong> are written on the phone and shown in the office.</li></ul><p>Neither of them is visible to the client unless you put it in the report.</p>
<h2>The report</h2><ol><li>Open the finished job in the office.</li><li>Press <strong>Report</strong> and tick the pictures and notes that should go in.</li><li>Send it as a PDF, or copy the link.</li></ol>
<h2>How long are they kept?</h2><p>Pictures stay as long as the job does. On the Team plan there is room for 20 GB, on Business for 200 GB. The amount used is shown under <strong>Settings &gt; Company</strong>.</p>`,
  },
];
