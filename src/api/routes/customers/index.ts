import { showCustomer, syncNow } from './customer.ts';
import { showCustomers } from './customers.ts';
import { downloadProblems, receiveUpload, showUpload, showUploads } from './uploads.ts';

/** Customers: the list, their uploads, and one customer's own page. */
export const customerEndpoints = [
  showCustomers,
  showUploads,
  receiveUpload,
  showUpload,
  downloadProblems,
  showCustomer,
  syncNow,
];
